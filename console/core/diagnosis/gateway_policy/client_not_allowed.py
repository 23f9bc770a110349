"""The calling application is not on the allowed client list, or that list is empty."""

from console.core.checks.claims import authorized_party
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    policy = reading.policy
    party = authorized_party(reading.token) if reading.token else None
    if policy is not None and any(demand.clients == () for demand in policy.demands):
        actual = f"{party[0]} is {party[1]}" if party else "The token names no client"
        # Whether the gateway refuses everybody then, or nobody, is not confirmed.
        return likely(f"{actual}; the list of allowed clients in the policy is empty.", "client-application-ids")
    failed = reading.failed("authorized_party")
    if failed is None or party is None or _is_other_name(reading, party[0]):
        return None
    return from_finding(failed)


def _is_other_name(reading: Reading, name: str) -> bool:
    """True when the policy reads another claim than the one the token has; that is a fault of the name."""
    refused = list(reading.policy.refused_claims()) if reading.policy else []
    read = {claim.name: claim.values for claim in refused if claim.name in ("azp", "appid", "client_id")}
    return name not in read and any(str(reading.claims.get(name)) in values for values in read.values())


CAUSE = Cause(
    slug="client-not-allowed",
    stage=Stage.GATEWAY_POLICY,
    title="Client not on the list",
    what="The calling application is not on the list of allowed clients.",
    do="Use a client that the API already allows.",
    widens="have this client id added to the list",
    asked="Say whether this client may call the API. If it may, add it to those that are allowed; if "
    "not, name the client to use.",
    who=Owner.API_OWNER,
    match=match,
    check="authorized_party",
)
