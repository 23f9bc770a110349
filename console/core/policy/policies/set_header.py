"""`set-header` in the inbound section: changes the call before later policies and the back end see it."""

from functools import partial

from console.core.policy.engine.exists_action import changed_call
from console.core.policy.engine.model import Flow, PolicyStep
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import SET_HEADER
from console.core.policy.text.document import Element


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    name, call = element.attribute("name") or "", flow.request
    before, write = call.header_values(name), partial(call.with_header, name)
    return changed_call(element, flow, place=f"header:{name.lower()}", before=before, write=write)


POLICY = Policy(
    name="set-header",
    title="Set a header",
    source=REFERENCE + "set-header",
    run=run,
    shape=SET_HEADER,
)
