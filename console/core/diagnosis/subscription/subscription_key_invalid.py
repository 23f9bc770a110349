"""A key was sent that is no valid key at all."""

from dataclasses import replace

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_phrase, weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Confidence, Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    said = by_phrase("subscription-key-invalid")(reading)
    if said is None or reading.is_at_token_endpoint:
        return None
    told = adding(said, "The gateway does not tell a wrong key from a key of another product.")
    whole = replace(told, confidence=Confidence.LIKELY)
    return weakened(whole) if reading.phrase("subscription-wrong-product") else whole


CAUSE = Cause(
    slug="subscription-key-invalid",
    stage=Stage.SUBSCRIPTION,
    title="Subscription key not valid",
    what="The subscription key that was sent is not valid for this API.",
    do="Copy the key again from an active subscription that covers this API.",
    who=Owner.INTEGRATOR,
    match=match,
)
