"""A call without any token: what one would need to have that meets all that the policy asks for."""

from collections.abc import Callable

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option, failing_keys, failures_of
from console.core.policy.repair.making import client_change, place_key, with_new_token

_MOST_DEMANDS = 12
_NO_TOKEN = ("token-present", "scheme", "well-formed")


# What a client can do about a failing check.
Client = Callable[[Trial, FailedCheck], tuple[Option, ...]]


def any_token(trial: Trial, failure: FailedCheck, options: Client) -> tuple[Option, ...]:
    place = failure.source
    if place is None or place.kind == "value":
        return ()
    bare = with_new_token(trial, failure, {})
    if bare is None:
        return ()
    trace = evaluate(bare)
    if sum(path == failure.path for path, _ in failing_keys(trace)) > _MOST_DEMANDS:
        return ()
    form = f" as {place.scheme or 'Bearer'}, one blank, token" if place.is_authorization else ""
    demands = _demands(failures_of(bare, trace), failure)
    told = client_change(
        failure,
        "send-token",
        f"Send an access token in {place.shown}",
        f"Get a signed access token (JWT) and send it in {place.shown}{form}. {demands}".strip(),
    )
    return (Option(f"{told.kind}:{place_key(failure)}", told, lambda: _satisfied(bare, failure.path, options)),)


def _demands(failures: tuple[FailedCheck, ...], failure: FailedCheck) -> str:
    """What the policy asks of a token, by what an empty one fails."""
    asked = [
        f"{one.check.check.removeprefix('required-claim:')} {one.check.expected}"
        for one in failures
        if one.path == failure.path and one.check.expected and one.name not in ("expiry", "not-before")
    ]
    return f"The policy asks for {', '.join(dict.fromkeys(asked))}." if asked else ""


def _satisfied(trial: Trial, path: str, options: Client) -> Trial | None:
    """The call with a token that has everything which this policy asks for; None when no token can have it."""
    current, open_ones = trial, _open(trial, path)
    for _ in range(_MOST_DEMANDS):
        if not open_ones:
            return current
        if open_ones[0].name in _NO_TOKEN:
            return None  # another policy takes the token away again
        made = [found for option in options(current, open_ones[0]) if (found := option.apply()) is not None]
        if not made:
            return None
        current, open_ones = min(((one, _open(one, path)) for one in made), key=lambda pair: len(pair[1]))
    return None


def _open(trial: Trial, path: str) -> tuple[FailedCheck, ...]:
    return tuple(one for one in failures_of(trial, evaluate(trial)) if one.path == path)
