"""`return-response`: the gateway answers at once, 200 with an empty body unless told otherwise."""

from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.engine.response_edits import edited_by_all
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import SET_BODY, SET_HEADER, SET_STATUS, Attribute, Child, policy
from console.core.policy.text.document import Element

NAME = "return-response"


def answer_of(element: Element) -> GatewayAnswer:
    """The answer; status and body are None when they come from a variable or an expression."""
    from_variable = element.attribute("response-variable-name") is not None
    return edited_by_all(GatewayAnswer(None, None, ()) if from_variable else GatewayAnswer(200, "", ()), element)


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    answer = answer_of(element)
    if answer.status is None:
        return PolicyStep(NAME, "", Verdict.UNDECIDED, answer=answer, needs=(_need(element),), is_last=True), flow
    verdict = Verdict.ALLOW if answer.status < 400 else Verdict.REJECT
    return PolicyStep(NAME, "", verdict, answer=answer, is_last=True), flow


def _need(element: Element) -> str:
    status = element.child("set-status")
    if status is not None:
        return f"status of return-response: {status.attribute('code') or 'no code'}"
    return f"status in the variable {element.attribute('response-variable-name')}"


SHAPE = policy(
    "return-response",
    Attribute("response-variable-name"),
    children=(Child(SET_STATUS, most=1), Child(SET_HEADER), Child(SET_BODY, most=1)),
)

POLICY = Policy(
    name=NAME,
    title="Return a response",
    source=REFERENCE + "return-response",
    run=run,
    shape=SHAPE,
    answers=True,
)
