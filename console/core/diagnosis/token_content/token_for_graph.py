"""The token was issued for Microsoft Graph and is sent to another API."""

from console.core.checks.claims import is_for_graph
from console.core.checks.wording import how_to_ask, listed
from console.core.compare import GRAPH_HOSTS, is_graph
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, likely, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import host_of
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    token, expected = reading.token, reading.expectation.audiences
    if token is None or not is_for_graph(token) or any(map(is_graph, expected)):
        return None
    url = reading.evidence.request.url if reading.evidence.request else ""
    if host_of(url) in GRAPH_HOSTS:
        return None
    aud = listed(token.audiences or ())
    nonce = (
        " Its header carries a nonce, so no other API can verify its signature."
        if "nonce" in (token.header or {})
        else ""
    )
    if expected:
        told = f"aud is {aud}; this API accepts {listed(expected)}.{nonce}"
        return certain(told, f"aud {aud}", do=how_to_ask(reading.words, expected))
    if url or reading.answer.status in {401, 403}:
        return likely(f"aud is {aud}; the call went to {host_of(url) or 'another API'}.{nonce}", f"aud {aud}")
    return possible(f"aud is {aud}; only Microsoft Graph accepts it.{nonce}", f"aud {aud}")


CAUSE = Cause(
    slug="token-for-graph",
    stage=Stage.TOKEN_CONTENT,
    title="Token for Microsoft Graph",
    what="The token is for Microsoft Graph, and was sent to another API.",
    do="Request a scope of this API, and get a new token.",
    who=Owner.INTEGRATOR,
    match=match,
    check="audience",
)
