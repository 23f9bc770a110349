"""What an answer can be about at all: a token endpoint refuses requests for tokens, an API refuses calls with one."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Basis, Stage

_OF_CALLS = frozenset({Stage.SUBSCRIPTION, Stage.AUTHORIZATION})
# Faults of a token request that have a twin among the faults of a call's token ("Invalid audience", "has expired"):
# where no token request is part of the attempt, the words must name what only such a request has.
_ASSERTION = re.compile(r"assertion|client.?jwt|private_key_jwt|jwt.?(?:bearer|grant)|\bgrants?\b|federat|aadsts", re.I)
_NAMED = {
    **dict.fromkeys(
        (
            "assertion-audience-wrong",
            "assertion-issuer-wrong",
            "assertion-lifetime-invalid",
            "assertion-replayed",
            "obo-assertion-wrong-audience",
        ),
        _ASSERTION,
    ),
    "refresh-token-expired": re.compile(r"refresh|offline|session|invalid_grant", re.I),
    "refresh-token-reused": re.compile(r"refresh|reuse|rotat", re.I),
    "authorization-code-redeemed": re.compile(r"\bcode\b", re.I),
}


def is_of_another_stage(reading: Reading, cause: Cause, match: Match) -> bool:
    """Whether a cause rests on words alone, of a party that has nothing to do with its stage."""
    if match.basis is not Basis.WORDS or reading.codes or reading.known:
        return False
    if reading.is_at_token_endpoint and reading.evidence.token_request is not None:
        return cause.stage in _OF_CALLS
    part = _NAMED.get(cause.slug)
    if part is None or reading.is_at_token_endpoint:
        return False
    return part.search("\n".join(match.facts) if part is _ASSERTION else reading.said) is None
