"""An earlier policy replaced or removed the caller's token before it is validated."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, likely
from console.core.diagnosis.mends import without_step_refusals
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.is_success:
        return None
    steps = reading.policy.steps if reading.policy else ()
    step = next((one for one in steps if one.overwritten_by and one.verdict != "allow"), None)
    if step is None:
        return by_phrase("policy-order-overwrites-token")(reading)
    place = "the Authorization header" if step.demand and step.demand.header == "authorization" else "the token's place"
    why = f"{step.overwritten_by} stands before {step.policy} and changes {place}."
    make = certain if step.verdict == "reject" and reading.answer.status == 401 else likely
    return make(why, step.overwritten_by)


def _mended(reading: Reading) -> Evidence | None:
    """With the caller's token still there when it is checked: what those steps would say of it is not known."""
    return without_step_refusals(reading, lambda step: bool(step.overwritten_by))


CAUSE = Cause(
    slug="policy-order-overwrites-token",
    stage=Stage.GATEWAY_POLICY,
    title="Policy replaces the token",
    what="An earlier policy replaces or removes the caller's token before it is checked.",
    do="Move the policy that checks the token in front of the one that changes the Authorization header.",
    who=Owner.API_OWNER,
    match=match,
    mend=_mended,
)
