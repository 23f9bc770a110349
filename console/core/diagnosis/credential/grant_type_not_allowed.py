"""The client is not registered for this grant (`unauthorized_client`, "not enabled to retrieve service account")."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    """RFC 6749 section 5.2: unauthorized_client means the grant, where the server says nothing else."""
    if found := named("grant-type-not-allowed")(reading):
        return found
    is_bare = not reading.description and not reading.codes and reading.known is None
    if reading.error == "unauthorized_client" and is_bare:
        grant = f" {reading.grant}" if reading.grant else ""
        return likely(f"The token endpoint answered unauthorized_client to the grant{grant}.", "unauthorized_client")
    return None


CAUSE = Cause(
    slug="grant-type-not-allowed",
    stage=Stage.CREDENTIAL,
    title="Grant not allowed for this client",
    what="The client is not registered for this grant.",
    do="Have the grant allowed for this client at the provider, or choose the one that it is registered for.",
    who=Owner.TENANT_ADMIN,
    match=match,
)
