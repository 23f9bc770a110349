"""The token sits in another header or place than the gateway reads."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, likely, possible
from console.core.diagnosis.mends import with_bearer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.diagnosis.token_place import token_elsewhere
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    found = token_elsewhere(reading)
    if found is None:
        return None
    place, told = found
    is_proved = reading.policy.failed("token-present") is not None if reading.policy else _is_asked_for(reading)
    is_server = reading.answer.status == 403 and reading.answer.is_html  # a web server's page: the API was not asked
    make = certain if is_proved else possible if is_server else likely
    return make(told, place)


def _is_asked_for(reading: Reading) -> bool:
    """Whether the far side asks for a bearer token: an API may read a header of its own name, and refuse otherwise."""
    return reading.answer.challenge("Bearer") is not None or reading.phrase("authorization-header-missing") is not None


CAUSE = Cause(
    slug="token-in-wrong-header",
    stage=Stage.GATEWAY_POLICY,
    title="Token in another place",
    what="The token sits in another header or place than the one that is read.",
    do="Send the token as Authorization: Bearer, one blank, token, or in the header that the policy reads.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=with_bearer,
)
