"""Policies that compare the call with the API's description, which is not here: they may refuse it."""

from collections.abc import Iterator

from console.core.policy.engine.model import Flow, PolicyStep, Run
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.step_of_checks import passed, step, unknown

# These have an action for each kind of mismatch; only `prevent` refuses.
WITH_ACTIONS = {
    "validate-content": "Validate the body",
    "validate-parameters": "Validate parameters",
    "validate-headers": "Validate headers of the answer",
    "validate-status-code": "Validate the status of the answer",
}
ALWAYS = {
    "validate-graphql-request": "Validate a GraphQL request",
    "validate-odata-request": "Validate an OData request",
    "llm-content-safety": "Check prompts for harmful content",
}


def _with_actions(name: str) -> Run:
    def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
        if any(action == "prevent" or is_placeholder(action) for action in _actions(element)):
            return _open(name), flow
        return step(name, (passed(name, "The policy only records what it finds; it refuses nothing."),)), flow

    return run


def _always(name: str) -> Run:
    def run(_: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
        return _open(name), flow

    return run


def _open(name: str) -> PolicyStep:
    what = "The policy may refuse the call by the API's description or its content, which are not here."
    return step(name, (unknown(name, what, needs=(f"policy {name}",)),))


def _actions(element: Element) -> Iterator[str]:
    for name, value in element.attributes:
        if name == "action" or name.endswith("-action"):
            yield value
    for child in element.children:
        yield from _actions(child)


POLICY = tuple(
    Policy(name, title, REFERENCE + name, make(name), may_refuse=True)
    for names, make in ((WITH_ACTIONS, _with_actions), (ALWAYS, _always))
    for name, title in names.items()
)
