"""The provider answers 5xx, throttles, or is down; nothing in the request is wrong."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_code, by_error, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("identity-provider-unavailable")(reading):
        return found
    kind = (reading.token_error or {}).get("kind")
    status = reading.evidence.http_status or (reading.answer.status if reading.is_at_token_endpoint else None)
    response = reading.evidence.response
    if (
        reading.is_at_token_endpoint
        and response
        and response.failure == "timeout"
        and response.rule not in {"dns", "connect"}
    ):
        return answered("The token endpoint was reached but did not answer in time.", "timeout")
    if reading.is_at_token_endpoint and not reading.codes:
        if status == 429 or kind == "throttled":
            return likely(f"The token endpoint answered {status or 429}: it has been asked too often.", "429")
        if (status or 0) >= 500 or kind == "server_error":
            return likely(f"The token endpoint answered {status or 'with a fault of its own'}.", str(status or kind))
    return by_error("temporarily_unavailable", "server_error", "slow_down")(reading)


CAUSE = Cause(
    slug="identity-provider-unavailable",
    stage=Stage.DISCOVERY,
    title="Identity provider unavailable",
    what="The identity provider cannot answer at the moment; nothing in the request is wrong.",
    do="Wait, honour Retry-After when it was sent, and try again.",
    asked="Say whether there is a disturbance, and when it is expected to end.",
    who=Owner.IDENTITY_PROVIDER,
    match=match,
)
