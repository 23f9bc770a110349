"""The client is not registered for this grant (RFC 6749 section 5.2)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_message, by_phrase, certain, first
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    told = first(by_message("grant-type-not-allowed"), by_phrase("grant-type-not-allowed"))(reading)
    if told or reading.codes or reading.error != "unsupported_grant_type":
        return told
    grant = reading.params.get("grant_type", "")
    if not grant:
        return None
    return certain(
        f"The token endpoint answered unsupported_grant_type to grant_type={grant}.", "unsupported_grant_type"
    )


CAUSE = Cause(
    slug="grant-type-not-allowed",
    stage=Stage.TOKEN_REQUEST,
    title="Grant not allowed for this client",
    what="The client is not allowed to use this grant.",
    do="Have the grant switched on for this client at the provider, or use a grant that it is registered for.",
    who=Owner.INTEGRATOR,
    match=match,
)
