"""This console's own outbound rules refused the address."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.failure != "blocked_address":
        return None
    rule = reading.evidence.response.rule if reading.evidence.response else ""
    return answered(reading.answer.how_known, f"rule: {rule}" if rule else "blocked_address")


CAUSE = Cause(
    slug="address-refused-by-console",
    stage=Stage.NETWORK,
    title="Address refused by this console",
    what="This console did not send the request, because its own rules refuse the address.",
    do="Use an address that the rules allow, or have it added to the list of allowed internal addresses.",
    asked="Add the address to the list of allowed internal addresses, if this console may call it.",
    who=Owner.CONSOLE_ADMIN,
    match=match,
)
