"""The client is not registered for this grant (`unauthorized_client`, "not enabled to retrieve service account")."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import bare, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import is_badly_encoded
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    """RFC 6749 section 5.2: unauthorized_client means the grant, where the server says nothing else; and a server that
    answers unsupported_grant_type to a well-formed request takes that grant from nobody.
    """
    if found := named("grant-type-not-allowed")(reading):
        return found
    says_nothing_else = not reading.codes and reading.known is None
    is_refused = reading.error == "unauthorized_client" and not reading.description
    is_unknown = reading.error == "unsupported_grant_type" and reading.is_at_token_endpoint
    if says_nothing_else and (is_refused or is_unknown) and not is_badly_encoded(reading):
        grant = f" {reading.grant}" if reading.grant else ""
        return bare(f"The token endpoint answered {reading.error} to the grant{grant}.", reading.error)
    return None


CAUSE = Cause(
    slug="grant-type-not-allowed",
    stage=Stage.CREDENTIAL,
    title="Grant not allowed for this client",
    what="The client is not registered for this grant.",
    do="Have the grant allowed for this client at the provider, or choose the one that it is registered for.",
    asked="Allow this grant for the client, or say which one it is registered for.",
    who=Owner.TENANT_ADMIN,
    match=match,
)
