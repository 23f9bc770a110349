"""The far side was reached but did not answer in time."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def duration(ms: int) -> str:
    """ "20.0 seconds", "950 milliseconds"."""
    return f"{ms / 1000:.1f} seconds" if ms >= 1000 else f"{ms} milliseconds"


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if reading.is_at_token_endpoint:
        return None
    if response and response.failure == "timeout" and response.rule not in {"dns", "connect"}:
        ms = response.elapsed_ms
        waited = f" It was waited for {duration(ms)}." if ms else f" {response.detail}" if response.detail else ""
        return answered(f"The connection stood, but no complete answer came.{waited}", "timeout")
    if reading.answer.status == 504:
        return likely("The status 504 says that a server in between waited in vain for the one behind it.", "504")
    return by_phrase("call-timeout")(reading)


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
