"""When it works and when it does not: what ends after a while, what a restart cures, what only one machine does."""

from console.core.compare import numeric_date
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons import tales
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.terms import Confidence
from console.core.owner import Owner

_WELL_LEFT_S = 60
_OF_KEYS = frozenset({"signing-key-retired", "signature-invalid", "jwks-wrong-source", "jwks-cache-stale"})
_OF_TIMES = frozenset({"token-expired", "clock-skew", "assertion-lifetime-invalid"})


def _told_causes(reading: Reading) -> frozenset[str]:
    """What the far side's words speak of."""
    said = (one.cause for one in (*reading.phrases, *reading.sentences) if one.where == "said")
    return frozenset(said) | {one.message.cause for one in reading.messages if one.message.cause}


def _may_be_told(reading: Reading) -> frozenset[str]:
    """The same with what a message may mean besides."""
    return _told_causes(reading) | {slug for one in reading.messages for slug in one.message.also}


def _is_refused_call(reading: Reading) -> bool:
    return not reading.is_at_token_endpoint and reading.answer.status in {401, None} and not reading.passes("expiry")


def _ends(reading: Reading) -> str:
    tale = tales.works_for_a_while(reading)
    is_other = _told_causes(reading) - _OF_TIMES
    return f'It was observed: "{tale}".' if tale and _is_refused_call(reading) and not is_other else ""


def _assertion_ends(reading: Reading) -> str:
    tale = tales.works_for_a_while(reading)
    has_assertion = any(name in reading.params for name in ("client_assertion", "assertion"))
    is_refused = reading.error in {"invalid_client", "invalid_grant", "invalid_request"} and not reading.codes
    return f'It was observed: "{tale}".' if tale and has_assertion and is_refused else ""


def _old_keys(reading: Reading) -> str:
    tale = tales.restart_helps(reading) or tales.is_on_one_node(reading)
    return f'It was observed: "{tale}".' if tale and _may_be_told(reading) & _OF_KEYS else ""


def _one_clock(reading: Reading) -> str:
    tale = tales.is_on_one_node(reading)
    return f'It was observed: "{tale}".' if tale and _told_causes(reading) & _OF_TIMES else ""


def _old_secret(reading: Reading) -> str:
    tale = "" if tales.works_for_a_while(reading) else tales.is_on_one_node(reading) or tales.restart_helps(reading)
    is_refused = reading.error == "invalid_client" or 7000215 in reading.codes
    return f'It was observed: "{tale}".' if tale and is_refused and reading.is_at_token_endpoint else ""


def _fresh_yet_old(reading: Reading) -> str:
    """The far side finds a token old that its own times show to be fresh, at the moment of the attempt."""
    is_told_old = "token-expired" in _told_causes(reading)
    issued, end = numeric_date(reading.claims.get("iat")), numeric_date(reading.claims.get("exp"))
    if not is_told_old or reading.now is None or issued is None or end is None or not reading.passes("expiry"):
        return ""
    age, left = int(reading.now - issued), int(end - reading.now)
    if age < 0 or left < _WELL_LEFT_S:
        return ""
    return f"The token was issued {age} seconds before the attempt and has {left} left, yet it is called expired."


REASONS = (
    Reason("token-expired", "A token that is kept and not renewed ends after its lifetime.", _ends),
    Reason("assertion-lifetime-invalid", "An assertion that is kept ends after its lifetime.", _assertion_ends),
    Reason(
        "jwks-cache-stale",
        "Keys that are read once and kept become old when the provider changes them; a new start reads them anew.",
        _old_keys,
        owner=Owner.API_OWNER,
    ),
    Reason("clock-skew", "The same token is in time on other machines: this one's clock is wrong.", _one_clock),
    Reason(
        "client-secret-invalid",
        "A secret that was changed is read at the start only, so that a process keeps sending the old one.",
        _old_secret,
    ),
    Reason(
        "clock-skew",
        "Then the clock of the far side is ahead, or another token arrived there.",
        _fresh_yet_old,
        confidence=Confidence.LIKELY,
    ),
)
