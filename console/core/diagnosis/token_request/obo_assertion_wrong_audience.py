"""The on-behalf-of assertion was issued for another API than the one that presents it."""

from console.core.compare import spelled_differently
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, in_own_words, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    audiences = reading.token.audiences if reading.token else None
    presents = reading.client_id
    fits = bool(audiences and presents and (presents in audiences or spelled_differently(audiences, presents)))
    # What was read may be another token than the one that was handed in: then the provider's words stand alone.
    is_telling = audiences is not None and not fits
    told = f"aud is {' and '.join(audiences or ())}; the API that presents it is {presents}." if is_telling else ""
    if found := by_code("obo-assertion-wrong-audience")(reading):
        return in_own_words(found, told)
    is_exchange = "assertion" in reading.params or "subject_token" in reading.params
    if not is_exchange or reading.error != "invalid_grant" or reading.codes or not told or not presents:
        return None
    return likely(told, "invalid_grant")


CAUSE = Cause(
    slug="obo-assertion-wrong-audience",
    stage=Stage.TOKEN_REQUEST,
    title="Exchanged token is for another API",
    what="The token to be exchanged was issued for another API than the one that presents it.",
    do="Get the first token for the API that makes the exchange, and pass that on.",
    who=Owner.INTEGRATOR,
    match=match,
)
