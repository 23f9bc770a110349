"""The on-behalf-of assertion was issued for another API than the one that presents it."""

from console.core.compare import spelled_differently
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, certain, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    audiences = reading.token.audiences if reading.token else None
    told = f"aud is {' and '.join(audiences)}; the API that presents it is {reading.client_id}." if audiences else ""
    if found := by_code("obo-assertion-wrong-audience")(reading):
        return certain(f"{found.why} {told}".strip(), *found.facts)
    is_exchange = "assertion" in reading.params or "subject_token" in reading.params
    if not is_exchange or reading.error != "invalid_grant" or reading.codes or not audiences or not reading.client_id:
        return None
    fits = reading.client_id in audiences or spelled_differently(audiences, reading.client_id)
    return None if fits else likely(told, "invalid_grant")


CAUSE = Cause(
    slug="obo-assertion-wrong-audience",
    stage=Stage.TOKEN_REQUEST,
    title="Exchanged token is for another API",
    what="The token to be exchanged was issued for another API than the one that presents it.",
    do="Get the first token for the API that makes the exchange, and pass that on.",
    who=Owner.INTEGRATOR,
    match=match,
)
