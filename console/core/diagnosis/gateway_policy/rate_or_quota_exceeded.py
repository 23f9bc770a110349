"""The gateway's rate limit or quota refused the call (429, or 403 with a quota message)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.is_at_token_endpoint:
        return None
    wait = reading.answer.headers.get("retry-after", "")
    told = f" Retry-After is {wait}." if wait else ""
    said = by_phrase("rate-or-quota-exceeded")(reading)
    if reading.answer.status == 429:
        return certain(f"The answer is 429 ({reading.answer.gateway_message or 'too many requests'}).{told}", "429")
    if said and reading.answer.status in {403, None}:
        return certain(f"{said.why}{told}", *said.facts)
    return None


CAUSE = Cause(
    slug="rate-or-quota-exceeded",
    stage=Stage.GATEWAY_POLICY,
    title="Rate limit or quota reached",
    what="A rate limit or quota refused the call.",
    do="Wait for the time that Retry-After names, then call less often; the owner of the API can raise the limit.",
    who=Owner.INTEGRATOR,
    match=match,
)
