"""The key is in the key set but marked for another use or type."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.signature.reason == "key-use":
        return certain(f"The key {reading.signature.kid} is there, but marked for another use.", reading.signature.kid)
    return None if reading.is_at_token_endpoint else by_phrase("jwks-key-use-invalid")(reading)


CAUSE = Cause(
    slug="jwks-key-use-invalid",
    stage=Stage.SIGNATURE,
    title="Key marked for another use",
    what="The key is in the key set, but marked for another use or type.",
    do="Have the provider publish the signing key with use sig and the right type.",
    who=Owner.IDENTITY_PROVIDER,
    match=match,
    check="key_use",
)
