"""The client exists in test and the request goes to production, or the other way round."""

from console.core.diagnosis.base import Cause, Match, Stage
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.owner import Owner

TEST_WORDS = ("test", "uat", "dev", "staging", "sandbox", "preprod")


def match(reading: Reading) -> Match | None:
    unknown = by_phrase("client-id-wrong")(reading)
    told = reading.phrase("client-in-other-environment")
    if unknown is None or told is None or reading.codes:
        return None
    registered_in_test = any(word in told.words.lower() for word in TEST_WORDS)
    asked_test = any(word in reading.endpoint_host for word in TEST_WORDS)
    if registered_in_test == asked_test:
        return None
    return certain(
        f"{unknown.why} The client is registered in another environment ({told.words}) than {reading.endpoint_host}.",
        *unknown.facts,
        told.words,
    )


CAUSE = Cause(
    slug="client-in-other-environment",
    stage=Stage.TOKEN_REQUEST,
    title="Client registered in another environment",
    what="The client is registered in another environment than the one that was asked.",
    do="Ask the environment in which the client is registered, or register it in this one.",
    who=Owner.INTEGRATOR,
    match=match,
)
