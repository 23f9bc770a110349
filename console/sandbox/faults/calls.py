"""Faults of the call: subscription key, gateway and back end."""

from dataclasses import replace

from console.core.exchange import Failure, FailureKind, Header, Request, Response
from console.core.policy.engine.answers import error_body
from console.sandbox.answers import json_response, text_response
from console.sandbox.faults.base import NOTHING_REFUSED, Fault
from console.sandbox.state import State

KEY_HEADER = "Ocp-Apim-Subscription-Key"
WRONG_KEY = "00000000000000000000000000000000"
WAIT_S = 57
_OPEN = "<policies><inbound><base /></inbound></policies>"


def _without_key(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    return tuple(pair for pair in headers if pair[0].lower() != KEY_HEADER.lower())


def _with_wrong_key(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    return (*_without_key(headers), (KEY_HEADER, WRONG_KEY))


def _require_keys(state: State, _now: int) -> State:
    return replace(state, gateway_apis=tuple(replace(api, requires_key=True) for api in state.gateway_apis))


def _without_operations(state: State, _now: int) -> State:
    return replace(state, gateway_apis=tuple(replace(api, operations=()) for api in state.gateway_apis))


def _without_keys(state: State, _now: int) -> State:
    return replace(state, gateway_apis=tuple(replace(api, requires_key=False) for api in state.gateway_apis))


def _without_policies(state: State, _now: int) -> State:
    return replace(state, gateway_apis=tuple(replace(api, policy=_OPEN) for api in state.gateway_apis))


def _rate_limit(_request: Request, now: int, _entropy: str) -> Response:
    body = error_body(429, f"Rate limit is exceeded. Try again in {WAIT_S} seconds.")
    headers = (("Content-Type", "application/json"), ("Retry-After", str(WAIT_S)))
    return text_response(429, body, now=now, headers=headers)


def _backend_error(_request: Request, now: int, _entropy: str) -> Response:
    problem = {"error": {"code": "InternalError", "message": "The order database is not available."}}
    return json_response(500, problem, now=now)


def _slow_backend(_request: Request, _now: int, _entropy: str) -> Failure:
    return Failure(FailureKind.TIMEOUT, "The API did not answer in time.", rule="total")


FAULTS = (
    Fault(
        "subscription-key-missing",
        "No subscription key",
        "The call carries no subscription key; the API asks for one.",
        "subscription-key-missing",
        world=_require_keys,
        on_call_headers=_without_key,
    ),
    Fault(
        "subscription-key-invalid",
        "Wrong subscription key",
        "The call carries a key that belongs to no subscription.",
        "subscription-key-invalid",
        world=_require_keys,
        on_call_headers=_with_wrong_key,
    ),
    Fault(
        "rate-limited",
        "Rate limit",
        "The gateway refuses the call because there were too many.",
        "rate-or-quota-exceeded",
        gateway_answer=_rate_limit,
    ),
    Fault(
        "path-unknown",
        "Unknown path",
        "The gateway knows no operation at this path.",
        "path-or-method-unknown",
        world=_without_operations,
    ),
    Fault(
        "backend-500",
        "Failing API",
        "The gateway lets the call through and the API behind it fails.",
        "api-error",
        backend_answer=_backend_error,
    ),
    Fault(
        "slow-api",
        "API too slow",
        "The gateway lets the call through and the API behind it does not answer in time.",
        "call-timeout",
        backend_answer=_slow_backend,
    ),
    Fault(
        "key-not-asked",
        "No key is asked for",
        "The gateway lets calls in without a subscription key, though the API asks for one.",
        NOTHING_REFUSED,
        world=_without_keys,
    ),
    Fault(
        "token-not-checked",
        "No token is checked",
        "The gateway lets calls in whatever token they carry, as if the policy of the API were gone.",
        NOTHING_REFUSED,
        world=_without_policies,
    ),
)
