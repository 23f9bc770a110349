"""The provider answers 5xx, throttles, or is down; nothing in the request is wrong."""

from dataclasses import replace

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_code, by_error, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

# Of these nobody may say that nothing is wrong with what was sent: it was sent too often.
_THROTTLED = {
    "AADSTS50196": "This client asked for the same again and again, so that the identity provider answers it no more.",
    "AADSTS90055": "More is asked of the tenant than the identity provider answers, so that it throttles.",
}
_TOO_OFTEN = "The identity provider was asked too often, so that it throttles."
_KEEP = "Wait, as long as Retry-After says where it was sent; then keep each token until it ends, and ask for no other."
_POLL = "Wait longer between two questions: five seconds more than before (RFC 8628 section 3.5)."


def match(reading: Reading) -> Match | None:
    found = _found(reading)
    what = next((_THROTTLED[fact] for fact in found.facts if fact in _THROTTLED), "") if found else ""
    return replace(found, what=what) if found and what else found


def _found(reading: Reading) -> Match | None:
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
            why = f"The token endpoint answered {status or 429}: it has been asked too often."
            return replace(likely(why, "429", do=_KEEP, who=Owner.INTEGRATOR), what=_TOO_OFTEN)
        if (status or 0) >= 500 or kind == "server_error":
            return likely(f"The token endpoint answered {status or 'with a fault of its own'}.", str(status or kind))
    if slowed := by_error("slow_down")(reading):
        return replace(slowed, what=_TOO_OFTEN, do=_POLL, who=Owner.INTEGRATOR)
    return by_error("temporarily_unavailable", "server_error")(reading)


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
