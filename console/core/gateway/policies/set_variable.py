"""`set-variable`: a value for later policies; one that only the runtime knows stays open unless it was given."""

from msgspec.structs import replace

from console.core.gateway.document import Element
from console.core.gateway.matching import is_placeholder
from console.core.gateway.model import Flow, Policy, Step, Verdict

NAME = "set-variable"


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    name, value = element.attribute("name") or "", element.attribute("value") or ""
    done = Step(NAME, "", Verdict.ALLOW)
    if not is_placeholder(value):
        return done, replace(flow, variables={**flow.variables, name: value})
    if name in flow.values.variables:  # what was given is the value at run time
        return done, replace(flow, variables={**flow.variables, name: flow.values.variables[name]})
    return done, replace(flow, variables={key: text for key, text in flow.variables.items() if key != name})


POLICY = Policy(
    name=NAME, title="Set a variable", source="Azure API Management policy reference, set-variable", run=run
)
