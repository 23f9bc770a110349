"""The secret's id (a GUID) was configured instead of its value."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, in_own_words, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.secret_shape import looks_like_id
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("client-secret-id-used")(reading):
        return in_own_words(found, "The configured secret has the shape of a GUID, as secret ids have.")
    is_refused = reading.error in {"invalid_client", "unauthorized_client"} and not reading.codes
    has_ids = reading.provider is None or reading.words.secret_has_id
    if is_refused and has_ids and looks_like_id(reading):
        return likely("The configured secret has the shape of a GUID, as secret ids have.", reading.error)
    return None


CAUSE = Cause(
    slug="client-secret-id-used",
    stage=Stage.CREDENTIAL,
    title="Secret's id instead of its value",
    what="The id of the client secret was entered instead of its value.",
    do="Copy the secret itself, not its ID; create a new one where it is shown no more.",
    who=Owner.INTEGRATOR,
    match=match,
)
