"""`set-variable`: a value for later policies; one that only the runtime knows stays open unless it was given."""

from msgspec.structs import replace

from console.core.policy.csharp import Evaluated
from console.core.policy.engine.conditions import variable_value
from console.core.policy.engine.known_call import TextOfVariable
from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    policy,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.text.values import given_value
from console.core.policy.token.matching import is_placeholder

NAME = "set-variable"


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    name, value = element.attribute("name") or "", element.attribute("value") or ""
    done = PolicyStep(NAME, "", Verdict.ALLOW)
    if is_placeholder(name):  # any of them may be another one now
        return done, replace(flow, variables={}, tokens={})
    if not is_placeholder(value):
        return done, flow.with_variable(name, value)
    given = given_value(value, flow.values)
    if given is None:
        given = flow.values.variables.get(name)
    if given is not None:  # what was given is the value at run time
        return done, flow.with_variable(name, TextOfVariable(given))
    told = variable_value(value.strip(), flow)
    if isinstance(told, Evaluated):
        return done, flow.with_variable(name, told.value)
    return done, flow.without_variable(name)


SHAPE = policy("set-variable", *required("name", "value"))

POLICY = Policy(
    name=NAME,
    title="Set a variable",
    source=REFERENCE + "set-variable",
    run=run,
    shape=SHAPE,
)
