"""Rate limits and quotas: a single call is within them; the step tells what the answer would be beyond."""

from collections.abc import Callable

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Flow, Policy, Run, Step
from console.core.policy.text.document import Element
from console.core.policy.token.steps import passed, step, unknown

RATE = "Rate limit is exceeded. Try again in N seconds."
QUOTA = "Out of call volume quota. Quota will be replenished in HH:MM:SS."
TOKENS = "Token limit is exceeded. Try again in N seconds."
_WITH_KEY = " It counts per subscription, so it does nothing for a call without a subscription key."


def _runner(name: str, status: int, message: str, note: str = "") -> Run:
    def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
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
    tokens = element.attribute("tokens-per-minute") or element.attribute("token-quota")
    parts = (
        f"{calls} calls" if calls else "",
        f"{volume} kilobytes" if volume else "",
        f"{tokens} tokens" if tokens else "",
    )
    within = " and ".join(part for part in parts if part) or "the limit"
    return f"{within} in {period} seconds" if period else within


_TITLES: tuple[tuple[str, str, Callable[[str], Run]], ...] = (
    ("rate-limit", "Limit the call rate", lambda name: _runner(name, 429, RATE, _WITH_KEY)),
    ("rate-limit-by-key", "Limit the call rate by key", lambda name: _runner(name, 429, RATE)),
    ("quota", "Set a usage quota", lambda name: _runner(name, 403, QUOTA, _WITH_KEY)),
    ("quota-by-key", "Set a usage quota by key", lambda name: _runner(name, 403, QUOTA)),
    ("llm-token-limit", "Limit language model tokens", lambda name: _runner(name, 429, TOKENS)),
    ("azure-openai-token-limit", "Limit Azure OpenAI tokens", lambda name: _runner(name, 429, TOKENS)),
)
POLICY = tuple(
    Policy(name=name, title=title, source=f"Azure API Management policy reference, {name}", run=make(name))
    for name, title, make in _TITLES
)
