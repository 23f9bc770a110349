"""Every claim of a token in words: value, meaning, and for Entra tokens why a claim one looks for is missing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from console.core.defect import PartName
from console.core.issuers import read_issuer
from console.core.json.text import json_text, visible
from console.core.json.values import Member, NumberText
from console.core.tokens.catalogues import HEADER, Vocabulary, entra, vocabulary_of
from console.core.tokens.catalogues.base import ClaimMeaning
from console.core.tokens.token import Token, TokenKind, TokenPart
from console.core.tokens.values import guess, in_words

_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_ENTRA_V1 = re.compile(rf"https://sts\.(?:windows\.net|chinacloudapi\.cn)/({_GUID})/")
_ENTRA_V2 = re.compile(rf"https://login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)/({_GUID})/v2\.0")
_LOOKED_FOR: dict[PartName, dict[str, ClaimMeaning]] = {
    PartName.HEADER: {entry.claim.name: entry.claim for entry in HEADER.entries.values()},
    PartName.PAYLOAD: {claim.name: claim for claim in entra.CATALOGUE.claims},
}
_JSON_TYPES: dict[type, str] = {
    str: "string", bool: "boolean", int: "number", float: "number", NumberText: "number", list: "list",
    type(None): "null",
}  # fmt: skip
_ONLY_APPLICATIONS = frozenset({"scp", "upn", "unique_name", "preferred_username", "name", "ipaddr", "amr"})


class ClaimRow(msgspec.Struct, frozen=True, gc=False):
    """One line of the decoded token. All texts can be shown as they are: hidden characters are visible.

    `value_text` is a string without quotes or JSON; `json_type` tells which (string, number, boolean, null, list,
    object). `human` says the value in words, "" when there is nothing to add. A claim that is absent (`is_absent`) has
    no value; `why_missing` is set for it only. `is_unknown`: no catalogue knows the name.
    `is_duplicate`: the name stands more than once. `source` is the provider or standard the meaning comes from.
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
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class AbsentClaims:
    """Rows of the claims that an Entra token lacks for a reason, and their names.

    There is one object for each set of them, equal to itself alone: whoever makes something of it can keep that.
    """

    rows: tuple[ClaimRow, ...] = ()
    names: frozenset[str] = frozenset()


NONE_ABSENT = AbsentClaims()


def describe(token: Token, now: int) -> tuple[ClaimRow, ...]:
    """The payload's claims in their order, then those an Entra token lacks for a reason. `now` is epoch seconds."""
    return (*present_claims(token, now), *absent_claims(token).rows)


def describe_header(token: Token, now: int) -> tuple[ClaimRow, ...]:
    """The same for the header."""
    return (*present_header(token, now), *absent_header(token).rows)


def present_claims(token: Token, now: int) -> Sequence[ClaimRow]:
    """The payload's claims in their order."""
    return () if token.claims is None else _rows(token.parts[1], vocabulary_of(token.claims), now)


def present_header(token: Token, now: int) -> Sequence[ClaimRow]:
    """The same for the header."""
    return () if token.header is None else _rows(token.parts[0], HEADER, now)


def kept_claims(claims: dict[str, Any]) -> tuple[ClaimRow, ...]:
    """Claims of a token that itself is not kept, in their order; times without how far away they are."""
    vocabulary = vocabulary_of(claims)
    return tuple(_row(Member(name, value), vocabulary, None, is_duplicate=False) for name, value in claims.items())


def absent_claims(token: Token) -> AbsentClaims:
    """What an Entra token's payload lacks for a reason."""
    if token.claims is None or token.is_excerpt:
        return NONE_ABSENT
    return _absent(token.claims, token.claims, PartName.PAYLOAD)


def absent_header(token: Token) -> AbsentClaims:
    """The same for the header; of a token whose claims can be read."""
    if token.kind is TokenKind.JWE or not token.claims or token.header is None or token.is_excerpt:
        return NONE_ABSENT
    return _absent(token.claims, token.header, PartName.HEADER)


def provider_of(token: Token) -> str:
    """The title of the provider whose catalogue explains the token, "" when none recognises it."""
    provider = vocabulary_of(token.claims).provider if token.claims is not None else None
    return provider.title if provider else ""


def entra_version(claims: dict[str, Any]) -> str | None:
    """ "1.0" or "2.0" for an access token of Entra or the sandbox, by its issuer and `ver`; None for every other."""
    issuer, version = claims.get("iss"), claims.get("ver")
    if not isinstance(issuer, str):
        return None
    if _ENTRA_V1.fullmatch(issuer):
        return version if version in ("1.0", "2.0") else "1.0"
    if _ENTRA_V2.fullmatch(issuer):
        return version if version in ("1.0", "2.0") else "2.0"
    return version if version in ("1.0", "2.0") and _is_shaped_like_entra(issuer, claims) else None


def _is_shaped_like_entra(issuer: str, claims: dict[str, Any]) -> bool:
    """The sandbox plays Entra on a host of its own; Azure AD B2C, which looks like it too, names its user flow."""
    return read_issuer(issuer).provider == "sandbox" and "tid" in claims and "tfp" not in claims


def is_app_only(claims: dict[str, Any]) -> bool:
    """Whether an Entra access token stands for no user: idtyp says so, or it has neither scp nor a user's name."""
    if "idtyp" in claims:
        return bool(claims["idtyp"] == "app")
    return _ONLY_APPLICATIONS.isdisjoint(claims)


def json_type_name(value: Any) -> str:
    """string, number, boolean, null, list or object."""
    return _JSON_TYPES.get(type(value), "object")


def _rows(part: TokenPart, vocabulary: Vocabulary, now: int) -> Sequence[ClaimRow]:
    members = part.members
    counts = Counter(member.name for member in members) if part.repeated else {}
    return [_row(member, vocabulary, now, is_duplicate=counts.get(member.name, 1) > 1) for member in members]


def _row(member: Member, vocabulary: Vocabulary, now: int | None, *, is_duplicate: bool) -> ClaimRow:
    value = member.value
    known = vocabulary.find(member.name)
    human = in_words(value, known.claim, now) if known else guess(value)
    return ClaimRow(
        visible(member.name), visible(value) if isinstance(value, str) else json_text(value),
        visible(human) if human else "", known.meaning if known else "",
        is_unknown=known is None, is_duplicate=is_duplicate, json_type=json_type_name(value),
        source=known.source if known else "",
    )  # fmt: skip


def _absent(claims: dict[str, Any] | None, present: dict[str, Any], part: PartName) -> AbsentClaims:
    """Rows for the claims an Entra token does not have, each with the reason."""
    version = entra_version(claims or {})
    if version is None or claims is None:
        return NONE_ABSENT
    return _why_absent(version, is_app_only(claims), part, frozenset(present.keys() & _LOOKED_FOR[part].keys()))


@lru_cache(maxsize=256)  # the same claims are absent again and again, and these rows say nothing of one token
def _why_absent(version: str, app_only: bool, part: PartName, present: frozenset[str]) -> AbsentClaims:
    missing = (
        (claim, claim.why_missing(version, app_only))
        for name, claim in _LOOKED_FOR[part].items()
        if name not in present
    )
    rows = tuple(
        ClaimRow(claim.name, "", "", claim.meaning, is_absent=True, why_missing=why, source=entra.CATALOGUE.title)
        for claim, why in missing
        if why
    )
    return AbsentClaims(rows, frozenset(row.name for row in rows))
