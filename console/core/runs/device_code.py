"""Waiting for a person who signs in on another device (RFC 8628): what is shown to them, and when may be asked again.

What each answer means, and how much slower to ask, the grant decides; here it becomes a run that anybody may look at.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.credential import Secret
from console.core.exchange import Failure
from console.core.grants.base import Kept, SendPerson, Wait
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.runs.base import Progress, RunFacts, RunKind

DeviceAnswer = Wait | SendPerson | TokenResponse | TokenError | Failure
WAITING, SIGNED_IN, NO_ANSWER = "Waiting", "Signed in", "No answer"
_ENDS = {"access_denied": "Denied", "expired_token": "Expired", "device_code_expired": "Expired"}
_KEEP = "keep."


@dataclass(frozen=True, slots=True)
class ShownCode:
    """What a person types where. `uri_with_code` is "" where the provider gives none; `until` is epoch seconds."""

    user_code: str
    uri: str
    uri_with_code: str
    until: int
    interval_s: int


def shown_code(kept: Mapping[str, str]) -> ShownCode | None:
    """What a run keeps to be shown; None when it is done."""
    if "user_code" not in kept:
        return None
    until, interval_s = int(kept["until"]), int(kept["interval_s"])
    return ShownCode(kept["user_code"], kept["uri"], kept["uri_with_code"], until, interval_s)


def keep_of(kept: Mapping[str, str]) -> Kept:
    """What the grant asked to keep."""
    return {name.removeprefix(_KEEP): Secret(text) for name, text in kept.items() if name.startswith(_KEEP)}


def begin(facts: RunFacts, came: DeviceAnswer) -> Progress | None:
    """The wait that an answer of the device endpoint starts; None for one that gave no code."""
    return _waiting(facts, came) if isinstance(came, Wait) else None


def advance(facts: RunFacts, kept: Mapping[str, str], came: DeviceAnswer) -> Progress:
    """What one look says. Without an answer it goes on as it was: the person may be done meanwhile."""
    if isinstance(came, Wait):
        return _waiting(facts, came)
    if isinstance(came, TokenResponse):
        return Progress(SIGNED_IN, is_done=True, not_before=facts.now)
    shown = shown_code(kept)
    if isinstance(came, Failure) and shown is not None and facts.now < shown.until:
        return Progress(NO_ANSWER, is_done=False, not_before=facts.now + shown.interval_s, kept=kept)
    error = came.error if isinstance(came, TokenError) else ""
    return Progress(_ENDS.get(error, "Refused"), is_done=True, not_before=facts.now)


def _waiting(facts: RunFacts, wait: Wait) -> Progress:
    kept = {
        "user_code": wait.user_code,
        "uri": wait.verification_uri,
        "uri_with_code": wait.uri_with_code,
        "until": str(wait.until),
        "interval_s": str(wait.interval_s),
        **{f"{_KEEP}{name}": secret.reveal() for name, secret in wait.keep.items()},
    }
    return Progress(WAITING, is_done=False, not_before=facts.now + wait.interval_s, kept=kept)


KIND = RunKind("device_code", "A sign-in on another device", begin, advance)
