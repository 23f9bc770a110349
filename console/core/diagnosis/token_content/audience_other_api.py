"""The token was issued for another API or client (not Graph), or the API is configured with a foreign id."""

from dataclasses import replace

from console.core.checks.claims import id_token_mark, is_for_graph
from console.core.compare import spelled_differently
from console.core.diagnosis.audience_facts import is_compared_with_client, is_same_api_by_facts, meant_by_facts
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, from_finding, likely, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Confidence, Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    finding, token = reading.failed("audience"), reading.token
    if token is not None and is_for_graph(token) and finding is None:
        return None
    if finding is None:
        found = by_phrase("audience-other-api")(reading) if not reading.passes("audience") else None
        if found is None or reading.is_at_token_endpoint or reading.phrase("token-for-graph"):
            return None
        return replace(found, confidence=Confidence.LIKELY)
    if is_compared_with_client(reading):
        return possible(finding.why, finding.what)
    actual = (token.audiences if token else None) or ()
    if spelled_differently(actual, tuple(finding.expected or ())) or is_same_api_by_facts(reading):
        return None
    if token and (is_for_graph(token) or id_token_mark(token)):
        return from_finding(finding, likely("").confidence)
    return meant_by_facts(reading, finding) or from_finding(finding)


CAUSE = Cause(
    slug="audience-other-api",
    stage=Stage.TOKEN_CONTENT,
    title="Token for another API",
    what="The token is for another API.",
    do="Request a scope of this API and get a new token.",
    who=Owner.INTEGRATOR,
    match=match,
    check="audience",
)
