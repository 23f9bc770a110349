"""Advice that knows what the token was asked for: nobody is told to ask for what its request named already.

The evidence of a call does not hold the request that got its token; whoever keeps both (a case does) gives both.
"""

from dataclasses import replace

from console.core.compare import spelled_differently
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.evidence import Evidence

OTHER_API = "audience-other-api"
GIVEN_OTHERWISE = "the identity provider gives another token than it was asked for: show it this explanation."


def knowing_request(diagnosis: Diagnosis, call: Evidence, token: Evidence | None) -> Diagnosis:
    """The same with that advice; `token` is the evidence of the request that got the token, None where none is kept."""
    asked = token.token_request.params.get("scope", "") if token and token.token_request else ""
    accepted = call.expectations.audiences if call.expectations else ()
    if not any(_names_one_of(one, accepted) for one in asked.split()):
        return diagnosis
    return replace(diagnosis, causes=tuple(_told(cause, asked) for cause in diagnosis.causes))


def _told(cause: RankedCause, asked: str) -> RankedCause:
    if cause.cause != OTHER_API:
        return cause
    known = f"Get a fresh token: this one was asked for with {asked}, which names this API already."
    return replace(cause, do=f"{known} If its aud stays the same, {GIVEN_OTHERWISE}")


def _names_one_of(scope: str, audiences: tuple[str, ...]) -> bool:
    """Whether a scope is one of that API: its identifier alone, or in front of the last part (.default, a name)."""
    named = (scope, scope.rpartition("/")[0])
    return any(one and (one in audiences or spelled_differently(one, audiences) is not None) for one in named)
