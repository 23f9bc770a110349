"""The groups claim is replaced by an overage reference because the user is in too many groups."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    claims = reading.claims
    names = claims.get("_claim_names")
    is_overage = (isinstance(names, dict) and "groups" in names) or claims.get("hasgroups") in (True, "true")
    if not is_overage or "groups" in claims or reading.answer.is_success:
        return None
    wants_groups = reading.policy is not None and any(
        claim.name == "groups" for claim in reading.policy.refused_claims()
    )
    make = certain if wants_groups or "group" in reading.told.lower() else likely
    return make("The token has _claim_names with groups (or hasgroups) and no groups claim.", "groups overage")


CAUSE = Cause(
    slug="group-overage",
    stage=Stage.TOKEN_CONTENT,
    title="Too many groups for the token",
    what="The token carries a reference in place of the groups: the user is in too many.",
    do="Have the API read the groups from Microsoft Graph, or assign app roles or only the groups of the application.",
    who=Owner.API_OWNER,
    match=match,
    check="group_overage",
)
