"""What is made of the refusal that a fault of a further provider brings, and of the answer without it."""

from dataclasses import replace
from urllib.parse import parse_qsl

from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence, EvidenceTokenRequest
from console.core.exchange import Request, Response
from console.sandbox.state import State
from tests.sandbox.builders import NOW
from tests.sandbox.providers.builders import told, visited


def first_cause(code: str, request: Request, state: State, *, provider: str) -> str:
    """The cause that ranks first with the fault. Without it the request gets a token, which has no cause, and the fault
    stays no fact."""
    good, _ = visited(request, state)
    assert good.status == 200, good.body
    assert diagnosed(request, good, provider=provider).causes == ()
    faulty = replace(state, fault=code)
    answer, after = visited(request, faulty)
    assert answer.status >= 400
    assert after.registered == state.registered
    primary = diagnosed(request, answer, provider=provider).primary
    assert primary is not None, answer.body
    return primary.cause


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
