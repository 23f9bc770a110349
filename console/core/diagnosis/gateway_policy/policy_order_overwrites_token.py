"""An earlier policy replaced or removed the caller's token before it is validated."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.is_success:
        return None
    if reading.policy is None or not reading.policy.overwritten_by:
        return by_phrase("policy-order-overwrites-token")(reading)
    reads_authorization = reading.policy.header_name.lower() in {"", "authorization"}
    if not reads_authorization:
        return None
    why = (
        f"{reading.policy.overwritten_by} stands before {reading.policy.element} and changes the Authorization header."
    )
    return (
        certain(why, reading.policy.overwritten_by)
        if reading.answer.status == 401
        else likely(why, reading.policy.element)
    )


CAUSE = Cause(
    slug="policy-order-overwrites-token",
    stage=Stage.GATEWAY_POLICY,
    title="Policy replaces the token",
    what="An earlier policy replaces or removes the caller's token before it is checked.",
    do="Move the policy that checks the token in front of the one that changes the Authorization header.",
    who=Owner.API_OWNER,
    match=match,
)
