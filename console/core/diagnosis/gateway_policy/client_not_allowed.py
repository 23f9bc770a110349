"""The calling application is not on the allowed client list, or that list is empty."""

from console.core.checks.claims import authorized_party
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, from_finding
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    policy = reading.policy
    party = authorized_party(reading.token) if reading.token else None
    if policy is not None and policy.client_ids == ():
        actual = f"{party[0]} is {party[1]}" if party else "The token names no client"
        return certain(f"{actual}; the list of allowed clients in the policy is empty.", "client-application-ids")
    failed = reading.failed("authorized_party")
    if failed is None or party is None or _is_other_name(reading, party[0]):
        return None
    return from_finding(failed)


def _is_other_name(reading: Reading, name: str) -> bool:
    """True when the policy reads another claim than the one the token has; that is a fault of the name."""
    read = {claim.name for claim in reading.policy.claims} & {"azp", "appid", "client_id"} if reading.policy else set()
    values = (
        {value for claim in reading.policy.claims if claim.name in read for value in claim.values}
        if reading.policy
        else set()
    )
    return bool(read) and name not in read and str(reading.claims.get(name)) in values


CAUSE = Cause(
    slug="client-not-allowed",
    stage=Stage.GATEWAY_POLICY,
    title="Client not on the list",
    what="The calling application is not on the list of allowed clients.",
    do="Have this client id added to the list.",
    who=Owner.API_OWNER,
    match=match,
)
