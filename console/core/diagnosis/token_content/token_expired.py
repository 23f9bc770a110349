"""exp has passed."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, from_finding
from console.core.diagnosis.proof_facts import time_of_proof
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed = reading.failed("expiry")
    if failed and failed.what == "The token has expired.":
        return from_finding(failed)
    if reading.is_at_token_endpoint or reading.passes("expiry") or time_of_proof(reading):
        return None  # a proof that is too old says nothing of the token
    return by_phrase("token-expired")(reading)


CAUSE = Cause(
    slug="token-expired",
    stage=Stage.TOKEN_CONTENT,
    title="Token expired",
    what="The token has expired.",
    do="Get a new token before the old one ends, also in long loops.",
    who=Owner.INTEGRATOR,
    match=match,
    check="expiry",
)
