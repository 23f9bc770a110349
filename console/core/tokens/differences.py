"""Differences that belong together, told as one: each with the names it explains."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from console.core.compare import is_graph, is_guid, same_id, spelled_differently
from console.core.defect import PartName
from console.core.issuers import IssuerForm, read_issuer
from console.core.json.text import shorten
from console.core.tokens.catalogues import vocabulary_of
from console.core.tokens.times import duration, epoch
from console.core.tokens.token import Token

_CLIENT_NAMES = ("azp", "appid", "client_id", "cid")
_PAIRS = (("appid", "azp"), ("appidacr", "azpacr"))
# What one version has and the other lacks unless the API asks for it.
_VERSION_NAMES = (
    "unique_name", "upn", "preferred_username", "name", "given_name", "family_name", "ipaddr", "amr", "acr", "idp",
    "onprem_sid", "in_corp", "pwd_exp", "pwd_url",
)  # fmt: skip
_PER_TOKEN = ("jti", "uti", "aio", "rh", "xms_ftd")
_TIMES = ("iat", "nbf", "exp")
_USER_NAMES = ("scp", "name", "preferred_username", "unique_name", "upn", "email", "ipaddr", "amr", "sid", "idtyp",
               "roles")  # fmt: skip
_KEPT = ("oid", "sub", "pid", "acr", "scope", "consumer")
_MAX = 120

Covered = tuple[tuple[PartName, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What several changes mean together. `covers` are part and name of the changes it explains."""

    code: str
    text: str
    covers: Covered = ()


@dataclass(frozen=True, slots=True)
class TokenSubject:
    """Who is named in a token; "" where it does not say, or says it with a wrong type."""

    kid: str
    issuer: str
    client: str
    subject: str
    object_id: str


def identity_of(token: Token) -> TokenSubject:
    kid = (token.header or {}).get("kid")
    issuer, subject, object_id = (token.text_claim(name) or "" for name in ("iss", "sub", "oid"))
    client = next(filter(None, (token.text_claim(name) for name in _CLIENT_NAMES)), "")
    return TokenSubject(kid if isinstance(kid, str) else "", issuer, client, subject, object_id)


def form_of(token: Token) -> IssuerForm:
    """The issuer taken apart; its tenant is that of `tid` when the token has one."""
    form = read_issuer(token.text_claim("iss") or "")
    tenant = token.text_claim("tid") or (form.tenant if is_guid(form.tenant) else "")
    version = token.text_claim("ver") or form.version
    return IssuerForm(form.provider, tenant, version, form.base)


def explain(before: Token, after: Token) -> tuple[Explanation, ...]:
    """What the differences mean, the most telling first. Never raises."""
    if before.claims is None or after.claims is None:
        return ()
    return tuple(found for rule in _RULES if (found := rule(before, after)) is not None)


def _claims(token: Token) -> dict[str, Any]:
    return token.claims or {}


def _payload(*names: str) -> Covered:
    return tuple((PartName.PAYLOAD, name) for name in names)


def _other_version(before: Token, after: Token) -> Explanation | None:
    """The API's registration was set to the other token version: several claims change at once."""
    old, new = form_of(before), form_of(after)
    entra = ("entra", "sandbox")
    if {old.version, new.version} != {"1.0", "2.0"} or old.provider not in entra or new.provider not in entra:
        return None
    one, other = _claims(before), _claims(after)
    steps = [step for step in (_audience_step(before, after), *_renamed(one, other)) if step]
    if one.get("iss") != other.get("iss"):
        steps.append(f"the issuer changed from {_short(one.get('iss'))} to {_short(other.get('iss'))}")
    gone = [name for name in _VERSION_NAMES if name in one and name not in other]
    if gone:
        steps.append(f"{_joined(gone)} {'is' if len(gone) == 1 else 'are'} there only if the API asks for it")
    names = f"v{old.version[0]} became v{new.version[0]}"
    text = (
        f"{names}: {'; '.join(steps) or 'only ver says so'}. The API's registration decides the version "
        "(requestedAccessTokenVersion), not the client; a gateway must accept the new audience, issuer and client "
        "claim, or all of them during a migration."
    )
    covers = _payload("ver", "aud", "iss", *(name for pair in _PAIRS for name in pair), *_VERSION_NAMES)
    return Explanation("token_version", text, (*covers, (PartName.HEADER, "x5t")))


def _audience_step(before: Token, after: Token) -> str:
    old, new = before.audiences or (), after.audiences or ()
    if set(old) == set(new):
        return ""
    same = spelled_differently(old, new)
    kind = " (the same API's bare id)" if same and is_guid(same.expected) else " (the same API)" if same else ""
    return f"aud changed from {_joined(old)} to {_joined(new)}{kind}"


def _renamed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    pairs = (*_PAIRS, *((right, left) for left, right in _PAIRS))
    return [f"{left} became {right}" for left, right in pairs
            if left in old and left not in new and right in new and right not in old]  # fmt: skip


def _audience_spelling(before: Token, after: Token) -> Explanation | None:
    """The same API in another spelling, with the version unchanged."""
    if form_of(before).version != form_of(after).version:
        return None
    old, new = before.audiences or (), after.audiences or ()
    spelling = spelled_differently(old, new) if old and new else None
    if spelling is None:
        return None
    text = f"Both are for the same API, spelled differently: {_joined(old)} and {_joined(new)}. {spelling.explanation}"
    return Explanation("audience_spelling", text, _payload("aud"))


def _other_audience(before: Token, after: Token) -> Explanation | None:
    old, new = before.audiences or (), after.audiences or ()
    if not old or not new or set(old) & set(new) or spelled_differently(old, new):
        return None
    hint = ""
    if any(map(is_graph, (*old, *new))):
        hint = " One of them is for Microsoft Graph, which no other API can verify."
    return Explanation("audience", f"They are for different APIs: {_joined(old)} and {_joined(new)}.{hint}")


def _other_tenant(before: Token, after: Token) -> Explanation | None:
    old, new = form_of(before).tenant, form_of(after).tenant
    if not old or not new or same_id(old, new):
        return None
    text = f"They come from different tenants: {_short(old)} and {_short(new)}; other keys and other object ids follow."
    return Explanation("tenant", text, _payload("tid"))


def _exchanged(before: Token, after: Token) -> Explanation | None:
    """The second was obtained with the first: RFC 8693 as TokenX does it, or on behalf of the user at Entra."""
    old, new = _claims(before), _claims(after)
    kept = [name for name in _KEPT if name in old and old[name] == new.get(name)]
    same = f", with {_joined(kept)} as before" if kept else ""
    if isinstance(old.get("iss"), str) and old["iss"] != new.get("iss") and new.get("idp") == old["iss"]:
        text = f"The second was exchanged for the first: it names {_short(new['idp'])} as idp{same}."
        return Explanation("exchange", text, _payload("iss", "idp", "client_id", "aud"))
    client = identity_of(after).client
    if not client or client == identity_of(before).client:
        return None
    if client in (before.audiences or ()) or spelled_differently(client, before.audiences or ()):
        text = (
            f"The second was obtained by the API that the first is for: its client {_short(client)} is the first's "
            f"audience{same}."
        )
        return Explanation("exchange", text, _payload("client_id", "azp", "appid", "aud"))
    return None


def _other_provider(before: Token, after: Token) -> Explanation | None:
    left, right = (vocabulary_of(_claims(token)).provider for token in (before, after))
    if left is None or right is None or left is right:
        return None
    return Explanation("provider", f"They come from different providers: {left.title} and {right.title}.")


def _kind_of_grant(before: Token, after: Token) -> Explanation | None:
    """One stands for a user, the other for an application alone (Entra)."""
    was, became = _is_delegated(before), _is_delegated(after)
    if was is None or became is None or was == became:
        return None
    which = ("first", "second") if was else ("second", "first")
    text = (
        f"The {which[0]} stands for a user (it has scp), the {which[1]} for the application alone: scopes and the "
        "user's claims are in one, application permissions (roles) in the other."
    )
    return Explanation("app_only", text, _payload(*_USER_NAMES))


def _is_delegated(token: Token) -> bool | None:
    """None when the token is none of Entra."""
    claims = _claims(token)
    if form_of(token).provider not in ("entra", "sandbox"):
        return None
    return "scp" in claims if "idtyp" not in claims else claims["idtyp"] != "app"


def _id_token(before: Token, after: Token) -> Explanation | None:
    marks = [any(name in _claims(token) for name in ("nonce", "at_hash", "c_hash")) for token in (before, after)]
    permissions = [any(name in _claims(token) for name in ("scp", "scope", "roles")) for token in (before, after)]
    for which, other in ((0, 1), (1, 0)):
        if marks[which] and not permissions[which] and permissions[other] and not marks[other]:
            name = ("first", "second")[which]
            text = f"The {name} looks like an ID token (nonce or at_hash, no permissions)"
            covers = _payload("nonce", "at_hash", "c_hash")
            return Explanation("id_token", f"{text}, the other like an access token.", covers)
    return None


def _groups_left_out(before: Token, after: Token) -> Explanation | None:
    left_out = ["groups" not in _claims(token) and any(name in _claims(token) for name in ("hasgroups", "_claim_names"))
                for token in (before, after)]  # fmt: skip
    if left_out[0] == left_out[1] or "groups" not in _claims(before if left_out[1] else after):
        return None
    which = "second" if left_out[1] else "first"
    text = f"The {which} has a reference in place of the groups, because there are too many of them."
    return Explanation("group_overage", text, _payload("groups", "hasgroups", "_claim_names", "_claim_sources"))


def _issued_again(before: Token, after: Token) -> Explanation | None:
    """Times and ids that change with every token; said when the times moved together."""
    starts = [epoch(_claims(token).get("iat")) for token in (before, after)]
    if starts[0] is None or starts[1] is None or starts[0] == starts[1]:
        return None
    lengths = [_length(token) for token in (before, after)]
    words = "later" if starts[1] > starts[0] else "earlier"
    text = f"The second was issued {duration(starts[1] - starts[0])} {words}"
    if None not in lengths and lengths[0] != lengths[1]:
        text += f", and lives for {duration(lengths[1] or 0)} in place of {duration(lengths[0] or 0)}"
    elif None not in lengths:
        text += ", and lives as long"
    return Explanation("issued_again", f"{text}.", _payload(*_TIMES, *_PER_TOKEN))


def _length(token: Token) -> int | None:
    begin, end = (epoch(_claims(token).get(name)) for name in ("iat", "exp"))
    return end - begin if begin is not None and end is not None else None


def _other_key(before: Token, after: Token) -> Explanation | None:
    old, new = identity_of(before), identity_of(after)
    if not old.kid or not new.kid or old.kid == new.kid or old.issuer != new.issuer:
        return None
    text = f"The issuer signed with another key: {_short(old.kid)}, then {_short(new.kid)}"
    covers = ((PartName.HEADER, "kid"), (PartName.HEADER, "x5t"))
    return Explanation("key", f"{text}; it may have rotated its keys.", covers)


def _short(value: Any) -> str:
    return shorten(value, _MAX) if isinstance(value, str) else "nothing"


def _joined(values: Sequence[str]) -> str:
    names = [shorten(value, _MAX) for value in values]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0] if names else "nothing"


_RULES: tuple[Callable[[Token, Token], Explanation | None], ...] = (
    _id_token,
    _other_version,
    _exchanged,
    _other_provider,
    _other_tenant,
    _audience_spelling,
    _other_audience,
    _kind_of_grant,
    _groups_left_out,
    _other_key,
    _issued_again,
)
