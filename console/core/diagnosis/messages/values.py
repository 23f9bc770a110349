"""The values that a message names, seen and wanted, and which cause their difference tells.

"Issuer validation failed" does not say why; the two issuers do. A library quotes them in its own way: what stands
before a value says whether it is what the token has or what is accepted.
"""

import re
from dataclasses import dataclass
from typing import Literal

from console.core.checks.issuer import nearest_relation
from console.core.compare import hidden_characters, is_graph, spelled_differently, without_hidden
from console.core.diagnosis.messages.masks import is_masked, is_part_masked
from console.core.diagnosis.terms import Confidence

Thing = Literal["issuer", "audience"]

THINGS: dict[str, Thing] = {
    "issuer-wrong-tenant": "issuer",
    "issuer-version-mismatch": "issuer",
    "issuer-spelling-mismatch": "issuer",
    "wrong-authorization-server": "issuer",
    "audience-other-api": "audience",
    "audience-format-mismatch": "audience",
    "token-for-graph": "audience",
}
# What a required claim that has another value means, by the claim (apim.md section 1.9).
_OF_CLAIM = {
    "scp": "scope-missing", "scope": "scope-missing", "roles": "role-insufficient", "role": "role-insufficient",
    "groups": "role-insufficient", "aud": "audience-other-api", "iss": "issuer-wrong-tenant",
    "azp": "client-not-allowed",
    "appid": "client-not-allowed", "client_id": "client-not-allowed", "tid": "issuer-wrong-tenant",
}  # fmt: skip
_TEMPLATE = re.compile(r"\{tenant(?:id)?\}|/(?:common|organizations)(?:/|$)", re.I)
_VALUE = re.compile(
    r"'([^'\n]{0,300})'|\"([^\"\n]{0,300})\"|\[([^\[\]\n]{0,300})\]|\(((?:https?|api)://[^()\s]{1,300})\)"
    r"|((?:https?|api)://[^\s'\",;)\]}]{1,300}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)",
    re.I,
)
_WANTED = re.compile(
    r"expect|valid ?(?:issuer|audience)|allowed|configur|requir|should be|must|want|accept|trusted"
    r"|one of|match(?:es)? |did not match|does not match|doesn't match|bound|permitted|intended|currentconfiguration",
    re.I,
)
_BETWEEN = re.compile(r"(?<!\s)\s*+(?:,\s*+|(?<=\s)(?=https?://|api://))")  # members of a list
_SEEN = re.compile(r"\b(?:got|but|was|received|actual|found|has|token|presented|instead|claim|returned|is)\b", re.I)
_LISTED = re.compile(r"^[\s,;|]{0,6}(?:and|or)?[\s,;|\"'\]\[(]{0,6}$", re.I)
_NONE = frozenset({"", "null", "none", "n/a", "aud", "iss", "audience", "issuer", "not available"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the token has and what is accepted; () where the message does not name it."""

    seen: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()


def read_values(text: str) -> Quoted:
    """The values in one message by what stands before each; a list goes on with what it began as."""
    seen: list[str] = []
    wanted: list[str] = []
    last, kind = 0, seen
    for found in _VALUE.finditer(text):
        before = text[last : found.start()]
        last = found.end()
        if not _LISTED.match(before):
            kind = wanted if _is_wanted(before) else seen
        kind += [one for one in _split(next(part for part in found.groups() if part is not None)) if one not in kind]
    return Quoted(tuple(seen), tuple(wanted))


def _is_wanted(before: str) -> bool:
    """What stands last before a value decides."""
    wanted = max((found.end() for found in _WANTED.finditer(before)), default=-1)
    seen = max((found.end() for found in _SEEN.finditer(before)), default=-1)
    return wanted >= 0 and wanted >= seen


def _split(value: str) -> list[str]:
    """A list in one text: its members. A blank at an end belongs to the value."""
    parts = _BETWEEN.split(value.strip("\"'")) if "," in value or "//" in value else [value]
    bare = (one.strip("\"'").removesuffix(".") for one in parts)
    return [one for one in bare if one.strip().lower() not in _NONE and "hidden" not in one and not is_masked(one)]


def decided(thing: Thing, values: Quoted) -> tuple[str, Confidence] | None:
    """The cause that the difference of the values tells by itself; None where it tells no more than the message."""
    seen, wanted = values.seen, values.wanted
    if not seen or not wanted or set(seen) & set(wanted):
        return None
    if {without_hidden(one) for one in seen} & {without_hidden(one) for one in wanted}:
        hidden = any(map(hidden_characters, (*seen, *wanted)))
        return ("invisible-character-in-value", Confidence.CERTAIN) if hidden else None
    cause, confidence = _of_issuers(seen[0], wanted) if thing == "issuer" else _of_audiences(seen, wanted)
    is_open = confidence is Confidence.CERTAIN and any(map(is_part_masked, (*seen, *wanted)))
    return cause, Confidence.LIKELY if is_open else confidence


def _of_issuers(seen: str, wanted: tuple[str, ...]) -> tuple[str, Confidence]:
    if any(_TEMPLATE.search(one) for one in wanted):
        return "issuer-wrong-tenant", Confidence.LIKELY
    relation = nearest_relation(seen, wanted)
    by_relation = {
        "version_mix": "issuer-version-mismatch",
        "other_tenant": "issuer-wrong-tenant",
        "spelling": "issuer-spelling-mismatch",
    }
    cause = by_relation.get(relation)
    return (cause, Confidence.CERTAIN) if cause else ("issuer-wrong-tenant", Confidence.POSSIBLE)


def _of_audiences(seen: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, Confidence]:
    if any(map(is_graph, seen)) and not any(map(is_graph, wanted)):
        return "token-for-graph", Confidence.CERTAIN
    spelling = spelled_differently(seen, wanted)
    if spelling is None:
        return "audience-other-api", Confidence.LIKELY
    return "audience-format-mismatch", Confidence.LIKELY if spelling.difference == "form" else Confidence.CERTAIN


def of_claim(claim: str, wanted: str) -> str:
    """The cause of a claim that lacks the value that a gateway wants; "" for a claim of no known meaning."""
    if "," in wanted:
        return "claim-not-split"
    return _OF_CLAIM.get(claim.strip("'\" ").lower(), "")
