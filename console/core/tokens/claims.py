"""Every claim of a token in words: value, meaning, and for Entra tokens why a claim one looks for is missing."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from console.core.tokens import well_known
from console.core.tokens.claim_catalogue import HEADER, PAYLOAD, ClaimMeaning, Shape
from console.core.tokens.text import json_text, visible
from console.core.tokens.times import epoch, relative, time_problem, utc
from console.core.tokens.token import Member, NumberText, Part, Token, TokenKind

_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_ENTRA_V1 = re.compile(rf"https://sts\.(?:windows\.net|chinacloudapi\.cn)/({_GUID})/")
_ENTRA_V2 = re.compile(rf"https://login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)/({_GUID})/v2\.0")
_ONLY_APPLICATIONS = frozenset({"scp", "upn", "unique_name", "preferred_username", "name", "ipaddr", "amr"})


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One line of the decoded token. All texts can be shown as they are: hidden characters are visible.

    `value_text` is a string without quotes or JSON; `json_type` tells which (string, number, boolean, null, list,
    object). `human` says the value in words, "" when there is nothing to add. A claim that is absent (`is_absent`) has
    no value; `why_missing` is set for it only. `is_unknown`: the catalogue does not know the name.
    `is_duplicate`: the name stands more than once.
    """

    name: str
    value_text: str
    human: str
    meaning: str
    is_absent: bool = False
    why_missing: str | None = None
    is_unknown: bool = False
    is_duplicate: bool = False
    json_type: str = "string"


def describe(token: Token, now: int) -> tuple[ClaimRow, ...]:
    """The payload's claims in their order, then those an Entra token lacks for a reason. `now` is epoch seconds."""
    if token.claims is None:
        return ()
    return (*_rows(token.parts[1], PAYLOAD, now), *_absent(token.claims, token.claims, PAYLOAD))


def describe_header(token: Token, now: int) -> tuple[ClaimRow, ...]:
    """The same for the header."""
    if token.header is None:
        return ()
    absent = _absent(token.claims, token.header, HEADER) if token.kind is not TokenKind.JWE and token.claims else ()
    return (*_rows(token.parts[0], HEADER, now), *absent)


def entra_version(claims: dict[str, Any]) -> str | None:
    """ "1.0" or "2.0" for an access token of Entra, judged by its issuer and `ver`; None for every other token."""
    issuer, version = claims.get("iss"), claims.get("ver")
    if not isinstance(issuer, str):
        return None
    if _ENTRA_V1.fullmatch(issuer):
        return version if version in ("1.0", "2.0") else "1.0"
    if _ENTRA_V2.fullmatch(issuer):
        return version if version in ("1.0", "2.0") else "2.0"
    return None


def is_app_only(claims: dict[str, Any]) -> bool:
    """Whether an Entra access token stands for no user: idtyp says so, or it has neither scp nor a user's name."""
    if "idtyp" in claims:
        return bool(claims["idtyp"] == "app")
    return _ONLY_APPLICATIONS.isdisjoint(claims)


def _rows(part: Part, catalogue: dict[str, ClaimMeaning], now: int) -> Iterable[ClaimRow]:
    members = part.members
    names = [member.name for member in members]
    counts = {name: names.count(name) for name in names} if part.repeated else {}
    return [
        _row(member, catalogue.get(member.name), now, is_duplicate=counts.get(member.name, 1) > 1) for member in members
    ]


def _row(member: Member, known: ClaimMeaning | None, now: int, *, is_duplicate: bool) -> ClaimRow:
    value = member.value
    text = visible(value) if isinstance(value, str) else json_text(value)
    human = _human(value, known, now) if known else _guess(value)
    meaning = known.meaning if known else ""
    return ClaimRow(
        visible(member.name), text, visible(human), meaning,
        is_unknown=known is None, is_duplicate=is_duplicate, json_type=_type_name(value),
    )  # fmt: skip


def _type_name(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | NumberText):
        return "number"
    names = {str: "string", list: "list", type(None): "null"}
    return names.get(type(value), "object")


def _absent(
    claims: dict[str, Any] | None, present: dict[str, Any], catalogue: dict[str, ClaimMeaning]
) -> list[ClaimRow]:
    """Rows for the claims an Entra token does not have, each with the reason."""
    version = entra_version(claims or {})
    if version is None or claims is None:
        return []
    app_only = is_app_only(claims)
    missing = (
        (claim, claim.why_missing(version, app_only)) for claim in catalogue.values() if claim.name not in present
    )
    return [
        ClaimRow(claim.name, "", "", claim.meaning, is_absent=True, why_missing=why) for claim, why in missing if why
    ]


def _human(value: Any, known: ClaimMeaning, now: int) -> str:
    if known.shape is Shape.TIME:
        return time_in_words(value, now)
    if known.shape is Shape.CHOICE:
        return dict(known.choices).get(value, "") if isinstance(value, str) else ""
    speaker = _SPEAKERS.get(known.shape)
    return speaker(value) if speaker else ""


def time_in_words(value: Any, now: int) -> str:
    """ "2030-03-17 17:46:40 UTC, in 3 years"; for a value that is no time, what is wrong with it."""
    moment = epoch(value)
    if moment is not None:
        return f"{utc(moment)}, {relative(moment, now)}"
    problem = time_problem(value)
    return problem[1] if problem else ""


def _guess(value: Any) -> str:
    return well_known.APPLICATIONS.get(value.lower(), "") if isinstance(value, str) and len(value) == 36 else ""


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
    for version, pattern in (("1.0", _ENTRA_V1), ("2.0", _ENTRA_V2)):
        if match := pattern.fullmatch(value):
            name = _tenant(match[1])
            return f"Microsoft Entra, version {version}, tenant {match[1]}" + (f" ({name})" if name else "")
    return ""


def _decoded(value: Any, names: dict[str, str]) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(names.get(item, item) for item in values if isinstance(item, str))


def _methods(value: Any) -> str:
    return _decoded(value, well_known.AUTHENTICATION_METHODS)


def _client_authentication(value: Any) -> str:
    return well_known.CLIENT_AUTHENTICATION.get(value, "") if isinstance(value, str) else ""


def _directory_roles(value: Any) -> str:
    values = value if isinstance(value, list) else []
    return ", ".join(
        well_known.DIRECTORY_ROLES[item]
        for item in values
        if isinstance(item, str) and item in well_known.DIRECTORY_ROLES
    )


def _scopes(value: Any) -> str:
    if not isinstance(value, str):
        return _list(value)
    count = len(value.split())
    return "" if count < 2 else f"{count} scopes"


def _list(value: Any) -> str:
    return f"{len(value)} values" if isinstance(value, list) and len(value) != 1 else ""


_SPEAKERS: dict[Shape, Callable[[Any], str]] = {
    Shape.AUDIENCE: _audience,
    Shape.APPLICATION: _application,
    Shape.TENANT: _tenant,
    Shape.ISSUER: _issuer,
    Shape.METHODS: _methods,
    Shape.CLIENT_AUTHENTICATION: _client_authentication,
    Shape.DIRECTORY_ROLES: _directory_roles,
    Shape.SCOPES: _scopes,
    Shape.LIST: _list,
}
