"""`set-variable`: a value for later policies; one that only the runtime knows stays open unless it was given."""

from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    policy,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder

NAME = "set-variable"


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    name, value = element.attribute("name") or "", element.attribute("value") or ""
    done = PolicyStep(NAME, "", Verdict.ALLOW)
    if not is_placeholder(value):
        return done, flow.with_variable(name, value)
    if name in flow.values.variables:  # what was given is the value at run time
        return done, flow.with_variable(name, flow.values.variables[name])
    return done, flow.without_variable(name)


SHAPE = policy("set-variable", *required("name", "value"))

POLICY = Policy(
    name=NAME,
    title="Set a variable",
    source=REFERENCE + "set-variable",
    run=run,
    shape=SHAPE,
)
