"""`mock-response`: the gateway answers with an example of the API's description; the back end is never asked."""

from console.core.gateway.answers import Answer
from console.core.gateway.document import Element
from console.core.gateway.model import Flow, Policy, Step, Verdict
from console.core.gateway.reading import integer

NAME = "mock-response"


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    unreadable: list[str] = []
    status = integer(element, "status-code", 200, unreadable)
    kind = element.attribute("content-type")
    headers = (("Content-Type", kind),) if kind else ()
    if unreadable:
        step = Step(
            NAME, "", Verdict.UNDECIDED, answer=Answer(None, None, headers), needs=tuple(unreadable), is_last=True
        )
        return step, flow
    verdict = Verdict.ALLOW if status < 400 else Verdict.REJECT
    return Step(NAME, "", verdict, answer=Answer(status, None, headers), is_last=True), flow


POLICY = Policy(
    name=NAME, title="Mock a response", source="Azure API Management policy reference, mock-response", run=run
)
