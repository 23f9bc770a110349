"""This console's own outbound rules refused the address."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_ANOTHER_URL = (
    "Correct the address where it is written (the profile, the API, or the provider's metadata): https://host/path, "
    "with a plain host name and no password in it."
)
_ANOTHER_HOST = (
    "Correct the address where it is written (the profile, the API, or the provider's metadata): to the one under "
    "which others reach the API or the provider, not one of this machine or of its cloud."
)
_HTTPS = "Write the address with https; a host that has none is listed for plain http by the console's administrator."
# By the rule that refused: what is wrong with the address itself is mended by whoever wrote it, and no list helps.
_OF_ADDRESS = {
    **dict.fromkeys(("url", "host", "userinfo"), _ANOTHER_URL),
    "scheme": _HTTPS,
    "never": _ANOTHER_HOST,
}


def match(reading: Reading) -> Match | None:
    if reading.answer.failure != "blocked_address":
        return None
    rule = reading.evidence.response.rule if reading.evidence.response else ""
    do = _OF_ADDRESS.get(rule, "")
    fact = f"rule: {rule}" if rule else "blocked_address"
    return answered(reading.answer.how_known, fact, do=do, who=Owner.INTEGRATOR if do else None)


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
