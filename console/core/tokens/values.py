"""A claim's value in words, by the shape its catalogue gives it. "" when there is nothing to add to the value."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from console.core.issuers import read_issuer
from console.core.json.text import shorten
from console.core.tokens import well_known
from console.core.tokens.catalogues.base import ClaimMeaning, Shape
from console.core.tokens.times import duration, epoch, relative, time_problem, utc

MAX_GROUPS = 200  # Entra lists no more in a JWT
_ISO_6523 = re.compile(r"([0-9]{4}):(.+)")
_NORWEGIAN = re.compile(r"[0-9]{9}")
_TRADE_REGISTER = re.compile(r"NTR([A-Z]{2})-(.+)")
_FEW = 5


def in_words(value: Any, claim: ClaimMeaning, now: int | None) -> str:
    """What a value means beyond its letters; `now` is epoch seconds. Never raises, for any JSON value.

    Without `now` a time is told exactly and not how far away it is: so it stays true however late it is read.
    """
    if claim.shape is Shape.TIME:
        return time_in_words(value, now)
    if claim.shape is Shape.CHOICE:
        return _choice(value, _choices_of(claim.choices))
    speaker = _SPEAKERS.get(claim.shape)
    return speaker(value) if speaker else ""


def guess(value: Any) -> str:
    """The name of a well-known application, for the value of a claim nobody here knows."""
    return _application(value) if isinstance(value, str) and len(value) == 36 else ""


def time_in_words(value: Any, now: int | None) -> str:
    """ "2030-03-17 17:46:40 UTC, in 3 years"; for a value that is no time, what is wrong with it."""
    moment = epoch(value)
    if moment is not None:
        return utc(moment) if now is None else f"{utc(moment)}, {relative(moment, now)}"
    problem = time_problem(value)
    return problem[1] if problem else ""


@cache  # of our own catalogues
def _choices_of(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(pairs)


def _choice(value: Any, choices: dict[str, str]) -> str:
    values = value if isinstance(value, list) else [value]
    keys = (item if isinstance(item, str) else str(item) if type(item) is int else "" for item in values)
    return ", ".join(filter(None, (choices.get(key) or choices.get(key.lower(), "") for key in keys)))


def _seconds(value: Any) -> str:
    return f"in {duration(value)}" if type(value) is int and 0 <= value < 10**11 else ""


def _application(value: Any) -> str:
    return well_known.APPLICATIONS.get(value.lower(), "") if isinstance(value, str) else ""


def _tenant(value: Any) -> str:
    return well_known.TENANTS.get(value.lower(), "") if isinstance(value, str) else ""


def _audience(value: Any) -> str:
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    names = [_audience_name(item) for item in values if isinstance(item, str)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _audience_name(value: str) -> str:
    return _application(value.removeprefix("api://")) or well_known.AUDIENCES.get(value.rstrip("/"), "")


def _issuer(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    if known := well_known.ISSUERS.get(value):
        return known
    form = read_issuer(value)
    if form.provider == "entra" and value == _entra_spelling(form.version, value, form.tenant):
        name = _tenant(form.tenant)
        return f"Microsoft Entra, version {form.version}, tenant {form.tenant}" + (f" ({name})" if name else "")
    return {"b2c": "Azure AD B2C", "ciam": "Microsoft Entra External ID",
            "keycloak": f"Keycloak, realm {form.tenant}"}.get(form.provider, "")  # fmt: skip


def _entra_spelling(version: str, issuer: str, tenant: str) -> str:
    """How Entra spells the issuer: it is compared letter by letter, so another spelling gets no name."""
    host = issuer.split("/")[2] if issuer.count("/") > 2 else ""
    return f"https://{host}/{tenant}/" if version == "1.0" else f"https://{host}/{tenant}/v2.0"


def _methods(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    names = well_known.AUTHENTICATION_METHODS
    return ", ".join(names.get(item, item) for item in values if isinstance(item, str))


def _client_authentication(value: Any) -> str:
    return well_known.CLIENT_AUTHENTICATION.get(value, "") if isinstance(value, str) else ""


def _directory_roles(value: Any) -> str:
    values = value if isinstance(value, list) else []
    names = well_known.DIRECTORY_ROLES
    return ", ".join(names[item] for item in values if isinstance(item, str) and item in names)


def _scopes(value: Any) -> str:
    if not isinstance(value, str):
        return _list(value)
    count = len(value.split())
    return "" if count < 2 else f"{count} scopes"


def _list(value: Any) -> str:
    return f"{len(value)} values" if isinstance(value, list) and len(value) != 1 else ""


def _groups(value: Any) -> str:
    if isinstance(value, list) and len(value) >= MAX_GROUPS:
        return f"{len(value)} groups: at the limit; with one more, a reference takes the place of the list"
    return f"{len(value)} groups" if isinstance(value, list) and len(value) != 1 else ""


def _overage_flag(value: Any) -> str:
    said = value is True or value == "true"
    return "the groups are left out; ask Microsoft Graph for them (/me/getMemberObjects)" if said else ""


def _overage_names(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return ""
    names = ", ".join(shorten(name, 40) for name in value)
    reason = f" (more than {MAX_GROUPS})" if "groups" in value else ""
    return f"left out because there are too many{reason}: {names}"


def _overage_sources(value: Any) -> str:
    old = "graph.windows.net" in str(value)
    return "the address is one of the retired Azure AD Graph: ask Microsoft Graph instead" if old else ""


def _organisation(value: Any) -> str:
    """An identifier in the form of ISO 6523 (`0192:` is Norway's register), or of another authority."""
    if not isinstance(value, dict):
        return ""
    identifier = value.get("ID", value.get("id"))
    if not isinstance(identifier, str):
        return ""
    if match := _ISO_6523.fullmatch(identifier):
        if match[1] == "0192":
            odd = "" if _NORWEGIAN.fullmatch(match[2]) else " (not nine digits)"
            return f"Norwegian organisation number {shorten(match[2], 40)}{odd} (ISO 6523: 0192 is Norway's register)"
        return f"organisation {shorten(match[2], 40)} in the register {match[1]} (ISO 6523)"
    if match := _TRADE_REGISTER.fullmatch(identifier):
        return f"organisation {shorten(match[2], 40)} in the trade register of {match[1]}"
    return f"organisation {shorten(identifier, 40)}"


def _nais_application(value: Any) -> str:
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) != 3 or not all(parts):
        return ""
    cluster, team, name = (shorten(part, 60) for part in parts)
    return f"application {name} of {team} in the cluster {cluster}"


def _confirmation(value: Any) -> str:
    """How the sender proves to hold the key (RFC 7800 section 3.1, RFC 8705 section 3.1, RFC 9449 section 6.1)."""
    if not isinstance(value, dict):
        return ""
    known = {
        "jkt": "bound to a DPoP key: each request needs a proof by it",
        "x5t#S256": "bound to a client certificate: only the connection that shows it may use the token",
        "jwk": "bound to the key given here", "jwe": "bound to a secret key, encrypted here",
        "kid": "bound to a key that is named here", "jku": "bound to a key of the set at this address",
    }  # fmt: skip
    return "; ".join(text for name, text in known.items() if name in value)


def _realm_roles(value: Any) -> str:
    roles = value.get("roles") if isinstance(value, dict) else None
    return _few("role", roles) if isinstance(roles, list) else ""


def _client_roles(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    said = [f"{shorten(client, 40)}: {_realm_roles(entry) or 'no roles'}" for client, entry in value.items()]
    return "; ".join(said[:_FEW]) + (f"; and {len(said) - _FEW} more" if len(said) > _FEW else "")


def _few(noun: str, items: list[Any]) -> str:
    shown = ", ".join(shorten(item, 40) for item in items[:_FEW] if isinstance(item, str))
    more = f" and {len(items) - _FEW} more" if len(items) > _FEW else ""
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}" + (f": {shown}{more}" if shown else "")


def _auth0_subject(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    if value.endswith("@clients"):
        return "an application, no user"
    connection, bar, _ = value.partition("|")
    return f"a user of the connection {shorten(connection, 60)}" if bar else ""


def _actor(value: Any) -> str:
    """The chain of actors, the present one first (RFC 8693 section 4.1)."""
    chain: list[str] = []
    while isinstance(value, dict) and len(chain) < _FEW:
        who = value.get("sub", value.get("client_id"))
        chain.append(shorten(who, 60) if isinstance(who, str) else "somebody without a name")
        value = value.get("act")
    return ", before that ".join(chain)


def _details(value: Any) -> str:
    kinds = [item.get("type") for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return ", ".join(shorten(kind, 60) for kind in kinds if isinstance(kind, str))


_SPEAKERS: dict[Shape, Callable[[Any], str]] = {
    Shape.SECONDS: _seconds,
    Shape.AUDIENCE: _audience,
    Shape.APPLICATION: _application,
    Shape.TENANT: _tenant,
    Shape.ISSUER: _issuer,
    Shape.METHODS: _methods,
    Shape.CLIENT_AUTHENTICATION: _client_authentication,
    Shape.DIRECTORY_ROLES: _directory_roles,
    Shape.SCOPES: _scopes,
    Shape.LIST: _list,
    Shape.GROUPS: _groups,
    Shape.OVERAGE_FLAG: _overage_flag,
    Shape.OVERAGE_NAMES: _overage_names,
    Shape.OVERAGE_SOURCES: _overage_sources,
    Shape.ORGANISATION: _organisation,
    Shape.NAIS_APPLICATION: _nais_application,
    Shape.CONFIRMATION: _confirmation,
    Shape.REALM_ROLES: _realm_roles,
    Shape.CLIENT_ROLES: _client_roles,
    Shape.AUTH0_SUBJECT: _auth0_subject,
    Shape.ACTOR: _actor,
    Shape.DETAILS: _details,
}
