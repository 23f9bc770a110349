"""A valid key, but its subscription does not cover this API or is not active."""

from dataclasses import replace

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    told = by_phrase("subscription-wrong-product")(reading)
    refused = by_phrase("subscription-key-invalid")(reading)
    if told and (refused or reading.answer.status in {401, 403}):
        return replace(told, why=f"The key was refused, and it is known: {told.facts[0]}")
    return None


CAUSE = Cause(
    slug="subscription-wrong-product",
    stage=Stage.SUBSCRIPTION,
    title="Key for another product",
    what="The subscription key is valid, but does not cover this API or is not active.",
    do="Subscribe to a product that contains this API, or have the subscription activated.",
    asked="Have the subscription activated, or name the product that contains this API.",
    who=Owner.API_OWNER,
    match=match,
)
