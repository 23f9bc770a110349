"""The secret was not URL-encoded, or encoded once too often, on its way to the token endpoint."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.secret_shape import is_encoded_wrongly
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("client-secret-encoding")(reading):
        return found
    if reading.error in {"invalid_client", "unauthorized_client"} and is_encoded_wrongly(reading):
        return likely(
            "The secret holds characters that need encoding, and was sent with another encoding than the server "
            "undoes.",
            reading.error,
        )
    return None


CAUSE = Cause(
    slug="client-secret-encoding",
    stage=Stage.CREDENTIAL,
    title="Secret encoded wrongly",
    what="The client secret was not encoded as the token endpoint expects.",
    do="URL-encode the secret exactly once, or create a secret without special characters.",
    who=Owner.INTEGRATOR,
    match=match,
)
