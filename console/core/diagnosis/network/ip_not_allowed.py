"""The caller's address is not on an allow list."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, certain, possible
from console.core.diagnosis.mends import without_step_refusals
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if "x-ms-forbidden-ip" in reading.answer.headers:
        address = reading.answer.headers["x-ms-forbidden-ip"]
        return answered(f"The answer names the address it refuses: {address}.", "x-ms-forbidden-ip")
    if reading.answer.is_success or reading.answer.status in {404, 429}:
        return None
    if found := by_phrase("ip-not-allowed")(reading):
        return found
    if reading.policy and (refused := reading.policy.failed("ip")):
        return certain(refused.what, refused.reason)
    if reading.policy and reading.answer.status == 403 and (left := reading.policy.left_open("ip")):
        return possible(f"The policy has an address filter. {left.what}", "ip-filter")
    if reading.answer.status == 403 and reading.answer.gateway_message:
        return possible(
            "The gateway answers 403 for an address filter, or for a rule of its own.", "403 in the gateway's shape"
        )
    return None


def _mended(reading: Reading) -> Evidence | None:
    """With a policy that lets this address pass."""
    return without_step_refusals(reading, lambda step: any(check.check == "ip" for check in step.checks))


CAUSE = Cause(
    slug="ip-not-allowed",
    stage=Stage.NETWORK,
    title="Address not allowed",
    what="The address the call comes from is not on an allow list.",
    do="Call from an address that is allowed.",
    widens="have the address that this call comes from added to the allow list",
    asked="Allow the address that the call came from, or say from which one it may be called.",
    who=Owner.API_OWNER,
    match=match,
    mend=_mended,
)
