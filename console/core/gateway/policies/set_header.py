"""`set-header` in the inbound section: changes the call before later policies and the back end see it."""

from dataclasses import replace

from console.core.gateway.document import Element
from console.core.gateway.matching import is_placeholder
from console.core.gateway.policies.base import Flow, Policy, Step, Verdict, Warned
from console.core.gateway.request import GatewayRequest

NAME = "set-header"


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    name = element.attribute("name") or ""
    values = tuple(value.text for value in element.all("value"))
    changed = _apply(flow.request, name, action=element.attribute("exists-action") or "override", values=values)
    before, after = flow.request.header_values(name), changed.header_values(name)
    warnings: tuple[Warned, ...] = ()
    if name.lower() == "authorization" and before and before != after:
        warnings = (Warned("token-overwritten", "This policy replaces or deletes the caller's Authorization header."),)
    needs = tuple(value for value in values if is_placeholder(value) and value in after)
    # An unknown value of a header decides nothing by itself: only a policy that reads the header can be undecided.
    step = Step(NAME, "", Verdict.ALLOW, warnings=warnings, needs=needs)
    return step, replace(flow, request=changed)


def _apply(request: GatewayRequest, name: str, *, action: str, values: tuple[str, ...]) -> GatewayRequest:
    before = request.header_values(name)
    if action == "delete":
        return request.with_header(name, ())
    if action == "skip" and before:
        return request
    if action == "append":
        return request.with_header(name, before + values)
    return request.with_header(name, values)


POLICY = Policy(name=NAME, title="Set a header", source="Azure API Management policy reference, set-header", run=run)
