"""What an answer can be about at all: a token endpoint refuses requests for tokens, an API refuses calls with one."""

import re
from collections.abc import Iterator, Mapping

from console.core.diagnosis.base import Cause, Found, Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Basis, Confidence, Stage

_OF_CALLS = frozenset({Stage.SUBSCRIPTION, Stage.AUTHORIZATION})
# Faults of a token request that have a twin among the faults of a call's token ("Invalid audience", "has expired"):
# where no token request is part of the attempt, the words must name what only such a request has.
_ASSERTION = re.compile(
    r"assertion|client.?jwt|private_key_jwt|jwt.?(?:bearer|grant)|login jwt\b|\bgrants?\b|federat|aadsts", re.I
)
# Only of a token that its sender made himself is it said that it lasts too long.
_TOO_LONG = re.compile(r"\btoo (?:far in the future|long)\b|\bexceeds?\b[^.\n]{0,40}\b(?:max|allow|limit)", re.I)
_NAMED = {
    **dict.fromkeys(
        (
            "assertion-audience-wrong",
            "assertion-issuer-wrong",
            "assertion-replayed",
            "obo-assertion-wrong-audience",
        ),
        _ASSERTION,
    ),
    "assertion-lifetime-invalid": re.compile(rf"{_ASSERTION.pattern}|{_TOO_LONG.pattern}", re.I),
    "refresh-token-expired": re.compile(r"refresh|offline|session|invalid_grant", re.I),
    "refresh-token-reused": re.compile(r"refresh|reuse|rotat", re.I),
    "authorization-code-redeemed": re.compile(r"(?<![a-z])codes?(?![a-z])", re.I),
}


_TWINS = {
    "assertion-audience-wrong": "audience-other-api",
    "assertion-issuer-wrong": "issuer-spelling-mismatch",
    "assertion-lifetime-invalid": "token-expired",
    "refresh-token-expired": "token-expired",
}


def in_their_stage(reading: Reading, found: Found, causes: Mapping[str, Cause]) -> Found:
    """Those that whoever speaks can speak of; of a call, in place of a fault of an assertion the same of its token."""
    kept = [(cause, match) for cause, match in found if not _is_of_another(reading, cause, match)]
    return kept or ([] if reading.is_at_token_endpoint else list(_twins(reading, causes)))


def may_mean_twins(reading: Reading) -> bool:
    """Whether a phrase was found that may stand for another cause than its own."""
    return any(said.cause in _TWINS for said in reading.phrases)


def _twins(reading: Reading, causes: Mapping[str, Cause]) -> Iterator[tuple[Cause, Match]]:
    for said in reading.phrases:
        twin, part = causes.get(_TWINS.get(said.cause, "")), _NAMED.get(said.cause)
        is_of_token = part is not None and part.search(said.words) is None and said.where == "said"
        if twin is not None and is_of_token and not reading.passes(twin.check):
            why = said.told(is_of_answer=not reading.evidence.pasted)
            yield twin, Match(Confidence.LIKELY, why, (said.words,), basis=Basis.WORDS)


def _is_of_another(reading: Reading, cause: Cause, match: Match) -> bool:
    """Whether a cause rests on words alone, of a party that has nothing to do with its stage."""
    if match.basis is not Basis.WORDS or reading.codes or reading.known:
        return False
    if reading.is_at_token_endpoint and reading.evidence.token_request is not None:
        return cause.stage in _OF_CALLS
    part = _NAMED.get(cause.slug)
    if part is None or reading.is_at_token_endpoint:
        return False
    words = "\n".join((*match.facts, reading.done)) if _ASSERTION.pattern in part.pattern else reading.said
    return part.search(words) is None
