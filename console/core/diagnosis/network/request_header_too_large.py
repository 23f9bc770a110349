"""Token or cookies make the request's header larger than a server takes (RFC 6585 section 5)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.status == 431:
        return likely("431 says that the fields of the request's header are too large.", "431")
    return by_phrase("request-header-too-large")(reading)


CAUSE = Cause(
    slug="request-header-too-large",
    stage=Stage.NETWORK,
    title="Request header too large",
    what="The header of the request is larger than a server on the way accepts.",
    do=(
        "Make the token smaller (group claims as application groups only, fewer claims and cookies), or have "
        "the limit of the server raised."
    ),
    asked="Have the limit of the server for request headers raised, or the tokens for this API made smaller.",
    who=Owner.API_OWNER,
    match=match,
)
