"""exists-action of set-header and set-query-parameter: override (the default), skip, append or delete."""

from collections.abc import Callable

from msgspec.structs import replace

from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder

Values = tuple[str, ...]


def applied(element: Element, before: Values) -> Values:
    """The values after the element, from those before it."""
    action = element.attribute("exists-action") or "override"
    values = tuple(value.text for value in element.all("value"))
    if action == "delete":
        return ()
    if action == "skip" and before:
        return before
    return before + values if action == "append" else values


def changed_call(
    element: Element, flow: Flow, *, place: str, before: Values, write: Callable[[Values], GatewayRequest]
) -> tuple[PolicyStep, Flow]:
    """The call with the element's values written at `place` (as "header:name") for what later policies see."""
    after = applied(element, before)
    # An unknown value decides nothing by itself: only a policy that reads the place can be undecided.
    done = PolicyStep(element.name, "", Verdict.ALLOW, needs=tuple(value for value in after if is_placeholder(value)))
    if before == after:
        return done, flow
    replaced = {**flow.replaced, place: element.name}
    overwritten = flow.overwritten | {place} if before else flow.overwritten
    return done, replace(flow, request=write(after), replaced=replaced, overwritten=overwritten)
