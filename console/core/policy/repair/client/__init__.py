"""What the caller can do: how the call is sent, and which token it carries."""

from collections.abc import Callable

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.client import claims, issuing, sending, target
from console.core.policy.repair.client.making import change, place_key, with_new_token
from console.core.policy.repair.failures import Failure, Option, failing_keys, failures_of
from console.core.policy.repair.token_text import place_of

_MOST_DEMANDS = 12
_NO_TOKEN = ("token-present", "scheme", "well-formed")


def options(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """Changes on the caller's side that answer this failure, the likeliest first."""
    make = _BY_CHECK.get(failure.name)
    return make(trial, failure) if make else ()


def _token(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """The token that is there, sent otherwise; without any, a token that meets all that the policy asks for."""
    return sending.token_place(trial, failure) or _any_token(trial, failure)


def _any_token(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    place = place_of(failure.policy) if failure.policy else None
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
    told = change(
        failure,
        "send-token",
        f"Send an access token in {place.shown}",
        f"Get a signed access token (JWT) and send it in {place.shown}{form}. {demands}".strip(),
    )
    return (Option(f"{told.kind}:{place_key(failure)}", told, lambda: _satisfied(bare, failure.path)),)


def _demands(failures: tuple[Failure, ...], failure: Failure) -> str:
    """What the policy asks of a token, by what an empty one fails."""
    asked = [
        f"{one.check.check.removeprefix('required-claim:')} {one.check.expected}"
        for one in failures
        if one.path == failure.path and one.check.expected and one.name not in ("expiry", "not-before")
    ]
    return f"The policy asks for {', '.join(dict.fromkeys(asked))}." if asked else ""


def _satisfied(trial: Trial, path: str) -> Trial | None:
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


def _open(trial: Trial, path: str) -> tuple[Failure, ...]:
    return tuple(one for one in failures_of(trial, evaluate(trial)) if one.path == path)


_BY_CHECK: dict[str, Callable[[Trial, Failure], tuple[Option, ...]]] = {
    "token-present": _token,
    "scheme": _token,
    "well-formed": _token,
    "algorithm": issuing.algorithm,
    "signature": issuing.signature,
    "key-found": issuing.signature,
    "expiry": issuing.expiry,
    "not-before": issuing.not_before,
    "expiration-present": issuing.expiration_present,
    "audience": target.audience,
    "issuer": target.issuer,
    "tenant": target.tenant,
    "client-application": target.client_application,
    "backend-application": target.backend,
    "required-claim": claims.required_claim,
    "subscription-key": sending.subscription_key,
    "header": sending.header,
    "ip": sending.address,
    "client-certificate": sending.certificate,
}
