"""Rate limits and quotas: a single call is within them; the step tells what the answer would be beyond."""

from collections.abc import Iterator

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Flow, PolicyStep, Run
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    ElementShape,
    Kind,
    Rule,
    optional,
    policy,
    problem,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.token.step_of_checks import passed, step, unknown

RATE = "Rate limit is exceeded. Try again in N seconds."
QUOTA = "Out of call volume quota. Quota will be replenished in HH:MM:SS."
TOKENS = "Token limit is exceeded. Try again in N seconds."
_WITH_KEY = " It counts per subscription, so it does nothing for a call without a subscription key."


def _runner(name: str, status: int, message: str, note: str = "") -> Run:
    def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
        if element.attribute("calls") in ("0", "00"):
            check = unknown(
                name,
                "The policy allows no call at all; what a gateway makes of that is not known.",
                needs=(f"{name}: calls",),
            )
            return step(name, (check,), status=status), flow
        beyond = f"beyond it the gateway answers {status} with the body {error_body(status, message)} and Retry-After"
        return step(name, (passed(name, f"One call is within {_limit(element)}; {beyond}.{note}"),)), flow

    return run


def _limit(element: Element) -> str:
    """The limit in words."""
    calls, period = element.attribute("calls"), element.attribute("renewal-period")
    volume = element.attribute("bandwidth")
    a_minute, tokens = element.attribute("tokens-per-minute"), element.attribute("token-quota")
    parts = (
        _counted(calls, "call"),
        _counted(volume, "kilobyte"),
        f"{_counted(a_minute, 'token')} in a minute" if a_minute else _counted(tokens, "token"),
    )
    within = " and ".join(part for part in parts if part) or "the limit"
    return f"{within} in {_counted(period, 'second')}" if period else within


def _counted(number: str | None, unit: str) -> str:
    """ "1 call", "5 calls"; "" for none. The number may be an expression or a named value."""
    return f"{number} {unit}{'' if number == '1' else 's'}" if number else ""


def _needs_one_of(*names: str) -> Rule:
    def rule(element: Element) -> Iterator[PolicyProblem]:
        if all(element.attribute(name) is None for name in names):
            wanted = " or ".join(names)
            yield problem(
                element, "missing-attribute", f"<{element.name}> has neither {' nor '.join(names)}.", f"Write {wanted}."
            )

    return rule


_TOLD = optional(
    "retry-after-header-name",
    "retry-after-variable-name",
    "remaining-calls-header-name",
    "remaining-calls-variable-name",
    "total-calls-header-name",
)
_NAMED = optional("id", "name")
_CALLS = (Attribute("calls", Kind.INTEGER), Attribute("renewal-period", Kind.INTEGER))
_AMOUNT = (Attribute("calls", Kind.INTEGER), Attribute("bandwidth", Kind.INTEGER))
_WHICH = _needs_one_of("name", "id")
_RATE_OPERATION = Child(ElementShape("operation", (*_NAMED, *_CALLS, *_TOLD), rules=(_WHICH,)))
_QUOTA_PERIOD = Attribute("renewal-period", Kind.INTEGER)

_RATE_LIMIT_SHAPE = policy(
    "rate-limit",
    Attribute("calls", Kind.INTEGER, is_required=True),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    *_TOLD,
    children=(
        Child(ElementShape("api", (*_NAMED, *_CALLS, *_TOLD), (_RATE_OPERATION,), rules=(_WHICH,))),
        _RATE_OPERATION,
    ),
)
_RATE_LIMIT_BY_KEY_SHAPE = policy(
    "rate-limit-by-key",
    Attribute("calls", Kind.INTEGER, is_required=True),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    *required("counter-key"),
    *optional("increment-condition", "increment-count"),
    *optional("increment-after-response", "flexible-retry-window", kind=Kind.BOOLEAN),
    *_TOLD,
)
_QUOTA_OPERATION = Child(ElementShape("operation", (*_NAMED, *_AMOUNT, _QUOTA_PERIOD), rules=(_WHICH,)))
_QUOTA_SHAPE = policy(
    "quota",
    *_AMOUNT,
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    children=(
        Child(ElementShape("api", (*_NAMED, *_AMOUNT, _QUOTA_PERIOD), (_QUOTA_OPERATION,), rules=(_WHICH,))),
        _QUOTA_OPERATION,
    ),
    rules=(_needs_one_of("calls", "bandwidth"),),
)
_QUOTA_BY_KEY_SHAPE = policy(
    "quota-by-key",
    *_AMOUNT,
    *required("counter-key"),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    Attribute("first-period-start", Kind.DATE_TIME),
    *optional("increment-condition", "increment-count"),
    rules=(_needs_one_of("calls", "bandwidth"),),
)

_ENTRIES: tuple[tuple[str, str, Run, ElementShape | None], ...] = (
    ("rate-limit", "Limit the call rate", _runner("rate-limit", 429, RATE, _WITH_KEY), _RATE_LIMIT_SHAPE),
    (
        "rate-limit-by-key",
        "Limit the call rate by key",
        _runner("rate-limit-by-key", 429, RATE),
        _RATE_LIMIT_BY_KEY_SHAPE,
    ),
    ("quota", "Set a usage quota", _runner("quota", 403, QUOTA, _WITH_KEY), _QUOTA_SHAPE),
    ("quota-by-key", "Set a usage quota by key", _runner("quota-by-key", 403, QUOTA), _QUOTA_BY_KEY_SHAPE),
)
_TOKEN_LIMITS = (
    ("llm-token-limit", "Limit language model tokens"),
    ("azure-openai-token-limit", "Limit Azure OpenAI tokens"),
)
POLICY = (
    *(
        Policy(name, title, REFERENCE + name, run, shape, INBOUND, may_refuse=True)
        for name, title, run, shape in _ENTRIES
    ),
    *(
        Policy(name, title, REFERENCE + name, _runner(name, 429, TOKENS), may_refuse=True)
        for name, title in _TOKEN_LIMITS
    ),
)
