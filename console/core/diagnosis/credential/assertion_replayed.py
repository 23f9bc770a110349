"""The same assertion (jti) was used twice."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    return by_phrase("assertion-replayed")(reading) if reading.is_at_token_endpoint else None


CAUSE = Cause(
    slug="assertion-replayed",
    stage=Stage.CREDENTIAL,
    title="Assertion used twice",
    what="The same assertion was used twice.",
    do="Build a new assertion with a new jti for every request.",
    who=Owner.INTEGRATOR,
    match=match,
)
