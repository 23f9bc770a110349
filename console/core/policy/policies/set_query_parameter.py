"""`set-query-parameter` in the inbound section: changes the call before later policies and the back end see it."""

from functools import partial

from msgspec.structs import replace

from console.core.policy.engine.exists_action import changed_call
from console.core.policy.engine.model import Flow, PolicyStep
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    EXISTS_ACTION,
    Child,
    ElementShape,
    policy,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    name, call = element.attribute("name") or "", flow.request
    before, write = call.query_values(name), partial(call.with_query, name)
    done, after = changed_call(element, flow, place=f"query:{name.lower()}", before=before, write=write)
    is_open = is_placeholder(name) or any(is_placeholder(value.text) for value in element.all("value"))
    return done, replace(after, is_rewritten=True) if is_open else after


SHAPE = policy(
    "set-query-parameter", *required("name"), EXISTS_ACTION, children=(Child(ElementShape("value", has_text=True)),)
)

POLICY = Policy(
    name="set-query-parameter",
    title="Set a query parameter",
    source=REFERENCE + "set-query-parameter",
    run=run,
    shape=SHAPE,
)
