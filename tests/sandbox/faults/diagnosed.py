"""What is made of the refusal that a fault of a further provider brings, as the console makes it."""

from dataclasses import replace
from urllib.parse import parse_qsl

from console.core.diagnosis import explain
from console.core.evidence import Evidence, EvidenceTokenRequest
from console.core.exchange import Request
from console.sandbox.state import State
from tests.sandbox.builders import NOW
from tests.sandbox.providers.builders import told, visited


def first_cause(code: str, request: Request, state: State, *, provider: str) -> str:
    """The cause that ranks first with the fault; without it the request gets a token, and the fault stays no fact."""
    good, _ = visited(request, state)
    assert good.status == 200, good.body
    faulty = replace(state, fault=code)
    answer, after = visited(request, faulty)
    assert answer.status >= 400
    assert after.registered == state.registered
    diagnosis = explain(
        Evidence(
            token_request=EvidenceTokenRequest(request.url, dict(parse_qsl(request.body.decode()))),
            token_error=told(answer),
            http_status=answer.status,
            profile={"provider": provider},
            now=NOW,
        )
    )
    assert diagnosis.primary is not None, answer.body
    return diagnosis.primary.cause
