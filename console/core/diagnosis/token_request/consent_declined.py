"""The person at the provider said no or cancelled (access_denied)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_error, first, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    """access_denied tells it, unless the provider's own words tell another cause."""
    known = reading.known.cause if reading.known else None
    if known not in (None, "consent-declined"):
        return None
    return first(named("consent-declined"), by_error("access_denied", "authorization_declined"))(reading)


CAUSE = Cause(
    slug="consent-declined",
    stage=Stage.TOKEN_REQUEST,
    title="The person declined",
    what="The person at the provider said no or cancelled.",
    do="Sign in again and accept.",
    who=Owner.END_USER,
    match=match,
)
