"""The browser's OPTIONS preflight, which never carries credentials, is rejected by authentication or key checks."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    request, status = reading.evidence.request, reading.answer.status
    if request and request.method.upper() == "OPTIONS" and status is not None:
        is_preflight = "access-control-request-method" in (reading.request_headers or {})
        if status >= 400:
            make = answered if is_preflight and status < 500 else likely
            return make(
                f"The request is OPTIONS, which carries no token and no key, and was answered {status}.", "OPTIONS"
            )
        if is_preflight and "access-control-allow-origin" not in reading.answer.headers:
            return likely("The preflight was answered without Access-Control-Allow-Origin.", "OPTIONS")
        return None
    return by_phrase("cors-preflight-rejected")(reading)


CAUSE = Cause(
    slug="cors-preflight-rejected",
    stage=Stage.NETWORK,
    title="Browser preflight refused",
    what="The browser's preflight request was refused.",
    do="Let OPTIONS pass without key and token, and answer it with the Access-Control-Allow headers.",
    who=Owner.API_OWNER,
    match=match,
)
