"""Parameters were sent as JSON or in the query string instead of a form-encoded body."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import is_badly_encoded
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("request-body-encoding")(reading):
        return found
    if reading.codes or not reading.is_at_token_endpoint:
        return None
    if is_badly_encoded(reading) and reading.error in {
        "invalid_request",
        "unsupported_grant_type",
        "invalid_client",
        "",
    }:
        return likely(
            "The parameters stand in the URL or in a JSON body, where the token endpoint does not read them.",
            reading.error,
        )
    return by_phrase("request-body-encoding")(reading)


CAUSE = Cause(
    slug="request-body-encoding",
    stage=Stage.TOKEN_REQUEST,
    title="Parameters sent in the wrong place or form",
    what="The parameters were not sent as a form-encoded body.",
    do="Send the parameters in the body of a POST, as application/x-www-form-urlencoded.",
    who=Owner.INTEGRATOR,
    match=match,
)
