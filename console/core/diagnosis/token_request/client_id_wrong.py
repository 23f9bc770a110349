"""client_id is not an application at all: placeholder, typo, another id in its place."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_code, by_error, by_phrase, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import is_placeholder, other_environment
from console.core.diagnosis.terms import Confidence, Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if other_environment(reading) and not reading.codes:
        return None
    if found := by_code("client-id-wrong")(reading):
        return adding(found, f"The client id is {reading.client_id or 'not known here'}.")
    other = by_code("client-in-other-tenant")(reading)
    if other and other.confidence is not Confidence.CERTAIN:
        return possible(f"The client id {reading.client_id} may also be mistyped.", "client id")
    if reading.codes or not reading.is_at_token_endpoint:
        return None
    if found := by_phrase("client-id-wrong")(reading):
        return found
    if reading.client_id and is_placeholder(reading.client_id):
        return by_error("invalid_client", "unauthorized_client", "invalid_request")(reading)
    return None


CAUSE = Cause(
    slug="client-id-wrong",
    stage=Stage.TOKEN_REQUEST,
    title="Client id not known",
    what="The client id names no application.",
    do="Copy the client ID anew from the client's registration, and compare the address that is asked.",
    who=Owner.INTEGRATOR,
    match=match,
)
