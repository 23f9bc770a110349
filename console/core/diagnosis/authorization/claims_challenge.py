"""The resource demands a fresher or stronger token (RFC 9470; claims challenges of Entra)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_ERRORS = ("insufficient_claims", "insufficient_user_authentication")


def match(reading: Reading) -> Match | None:
    for challenge in reading.answer.challenges:
        error = challenge.params.get("error", "")
        if error in _ERRORS:
            return answered(f'The challenge says error="{error}".', error)
    return by_phrase("claims-challenge")(reading)


CAUSE = Cause(
    slug="claims-challenge",
    stage=Stage.AUTHORIZATION,
    title="A stronger sign-in is asked for",
    what="The API asks for a fresher or stronger sign-in than the token was issued for.",
    do="Sign in again with what the challenge names (claims, acr_values or max_age), and call again.",
    who=Owner.INTEGRATOR,
    match=match,
)
