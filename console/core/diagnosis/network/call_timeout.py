"""The far side was reached but did not answer in time."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import EvidenceResponse
from console.core.owner import Owner

_RAISE = (
    "Give the call more time: raise its timeout in the form, or leave it empty, which is the console's own limit. If "
    "it ends at that limit too, ask the owner of the API how long this operation takes and where it waits."
)
_OF_CONSOLE = (
    "Try again. No timeout in the form goes beyond the console's limit: if it stays so, ask the owner of the API how "
    "long this operation takes and where it waits, and whether it can answer 202 at once and work on. If it has to "
    "take that long, let the administrator raise CONSOLE_CALL_S, which may be up to 120 seconds."
)


def duration(ms: int) -> str:
    """ "20.0 seconds", "950 milliseconds"."""
    return f"{ms / 1000:.1f} seconds" if ms >= 1000 else f"{ms} milliseconds"


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if reading.is_at_token_endpoint:
        return None
    if response and response.failure == "timeout" and response.rule not in {"dns", "connect"}:
        return _by_limit(reading, response)
    if reading.answer.status == 504:
        return likely("The status 504 says that a server in between waited in vain for the one behind it.", "504")
    return by_phrase("call-timeout")(reading)


def _by_limit(reading: Reading, response: EvidenceResponse) -> Match:
    """With whose limit ended the wait; of a wait that was not this console's nobody knows."""
    ms, request = response.elapsed_ms, reading.evidence.request
    waited = f" It was waited for {duration(ms)}." if ms else f" {response.detail}" if response.detail else ""
    why = f"The connection stood, but no complete answer came.{waited}"
    typed_s = request.timeout_s if request else None
    if response.rule == "asked":
        told = f" of {typed_s} second{'' if typed_s == 1 else 's'}" if typed_s else ""
        whose = f"The limit was the timeout{told} that was set in the form, not the console's own."
        return answered(f"{why} {whose}", "timeout", "timeout set in the form", do=_RAISE, who=Owner.INTEGRATOR)
    if response.rule == "total":
        return answered(f"{why} The limit was the console's own.", "timeout", do=_OF_CONSOLE)
    return answered(why, "timeout")


CAUSE = Cause(
    slug="call-timeout",
    stage=Stage.NETWORK,
    title="No answer in time",
    what="The far side was reached but did not answer in time.",
    do="Try again; if it stays so, ask the owner of the API how long this operation takes and where it waits.",
    asked="Say how long this operation takes and where it waits.",
    who=Owner.API_OWNER,
    match=match,
)
