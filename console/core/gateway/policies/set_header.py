"""`set-header` in the inbound section: changes the call before later policies and the back end see it."""

from msgspec.structs import replace

from console.core.gateway.document import Element
from console.core.gateway.exists_action import applied
from console.core.gateway.matching import is_placeholder
from console.core.gateway.model import Flow, Policy, Step, Verdict

NAME = "set-header"


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    name = element.attribute("name") or ""
    before = flow.request.header_values(name)
    after = applied(element, before)
    # An unknown value of a header decides nothing by itself: only a policy that reads the header can be undecided.
    done = Step(NAME, "", Verdict.ALLOW, needs=tuple(value for value in after if is_placeholder(value)))
    if before == after:
        return done, flow
    key = f"header:{name.lower()}"
    replaced = {**flow.replaced, key: NAME}
    overwritten = flow.overwritten | {key} if before else flow.overwritten
    return done, replace(
        flow, request=flow.request.with_header(name, after), replaced=replaced, overwritten=overwritten
    )


POLICY = Policy(name=NAME, title="Set a header", source="Azure API Management policy reference, set-header", run=run)
