"""No operation at this path or method (404, 405 from gateway or backend)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    status, request = reading.answer.status, reading.evidence.request
    if reading.is_at_token_endpoint or (request and ".well-known/" in request.url):
        return None
    if status not in {404, 405}:
        return by_phrase("path-or-method-unknown")(reading) if status is None else None
    what = f"{request.method} {request.url.split('?')[0]}" if request and request.url else "The call"
    if reading.answer.gateway_message:
        return answered(f"{what} matches no operation of the gateway.", f"{status} in the gateway's shape")
    return likely(f"{what} was answered {status}.", str(status))


CAUSE = Cause(
    slug="path-or-method-unknown",
    stage=Stage.API,
    title="No such operation",
    what="There is no operation at this path or for this method.",
    do="Compare path, version and method with the API's description.",
    who=Owner.INTEGRATOR,
    match=match,
)
