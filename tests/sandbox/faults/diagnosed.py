"""What is made of the refusal that a fault of a further provider brings, and of the answer without it."""

from dataclasses import replace
from urllib.parse import parse_qsl

from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.terms import Confidence
from console.core.evidence import Evidence, EvidenceTokenRequest
from console.core.exchange import Request, Response
from console.sandbox.state import State
from tests.sandbox.builders import NOW
from tests.sandbox.providers.builders import told, visited


def first_cause(code: str, request: Request, state: State, *, provider: str) -> str:
    """The cause that ranks first with the fault. Without it the request gets a token, which has no cause, and the fault
    stays no fact. Whoever pastes the exchange is told the same, or nothing that is certain."""
    good, _ = visited(request, state)
    assert good.status == 200, good.body
    assert diagnosed(request, good, provider=provider).causes == () == pasted(request, good).causes
    faulty = replace(state, fault=code)
    answer, after = visited(request, faulty)
    assert answer.status >= 400
    assert after.registered == state.registered
    primary = diagnosed(request, answer, provider=provider).primary
    assert primary is not None, answer.body
    seen = pasted(request, answer).primary
    assert seen is None or seen.cause == primary.cause or seen.confidence is not Confidence.CERTAIN, seen
    return primary.cause


def pasted(request: Request, answer: Response) -> Diagnosis:
    return explain(Evidence(pasted=as_text(request, answer), now=NOW))


def as_text(request: Request, answer: Response) -> str:
    """Both messages, as curl -v and many logs write them, and as people paste them."""
    host, _, path = request.url.partition("://")[2].partition("/")
    sent = [f"{request.method} /{path} HTTP/1.1", f"Host: {host}", *(f"{n}: {v}" for n, v in request.headers)]
    back = [f"HTTP/1.1 {answer.status} No", *(f"{name}: {value}" for name, value in answer.headers)]
    return "\n".join([*sent, "", request.body.decode(), "", *back, "", answer.body.decode(), ""])


def diagnosed(request: Request, answer: Response, *, provider: str) -> Diagnosis:
    """As the console keeps what it sent and got."""
    return explain(
        Evidence(
            token_request=EvidenceTokenRequest(request.url, dict(parse_qsl(request.body.decode()))),
            token_error=told(answer) if answer.status >= 400 else None,
            http_status=answer.status,
            profile={"provider": provider},
            now=NOW,
        )
    )
