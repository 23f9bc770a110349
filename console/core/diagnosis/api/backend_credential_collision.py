"""Gateway or web app forwards a caller credential to a backend that uses another scheme, and the backend rejects the
mix."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    return None if reading.is_at_token_endpoint else by_phrase("backend-credential-collision")(reading)


CAUSE = Cause(
    slug="backend-credential-collision",
    stage=Stage.API,
    title="Two credentials collide",
    what="A credential of the caller reaches a backend that uses another scheme, and the backend refuses the mix.",
    do="Remove the Authorization header before the call to the backend, or use one scheme only.",
    who=Owner.API_OWNER,
    match=match,
)
