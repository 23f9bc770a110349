"""`mock-response`: the gateway answers with an example of the API's description; the back end is never asked."""

from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Kind,
    optional,
    policy,
)
from console.core.policy.text.document import Element
from console.core.policy.token.attributes import Number, number

NAME = "mock-response"


def status_of(element: Element) -> Number:
    """The status it answers with: 200 unless told otherwise."""
    return number(element, "status-code", 200)


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    status = status_of(element)
    kind = element.attribute("content-type")
    headers = (("Content-Type", kind),) if kind else ()
    answer = GatewayAnswer(status.value, None, headers)
    if status.value is None:
        return PolicyStep(NAME, "", Verdict.UNDECIDED, answer=answer, needs=(status.need,), is_last=True), flow
    verdict = Verdict.ALLOW if status.value < 400 else Verdict.REJECT
    return PolicyStep(NAME, "", verdict, answer=answer, is_last=True), flow


SHAPE = policy(
    "mock-response",
    Attribute("enabled", Kind.BOOLEAN),
    *optional("status-code", "index", kind=Kind.INTEGER),
    Attribute("content-type"),
)

POLICY = Policy(
    name=NAME,
    title="Mock a response",
    source=REFERENCE + "mock-response",
    run=run,
    shape=SHAPE,
    answers=True,
)
