"""Right API, other spelling: api:// URI or bare id, tenant-domain URI, customised URI, letter case, trailing slash."""

from console.core.checks.claims import is_for_graph
from console.core.compare import spelled_differently
from console.core.diagnosis.audience_facts import is_same_api_by_facts
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed, token = reading.failed("audience"), reading.token
    if failed is None or token is None or is_for_graph(token):
        return None
    spelling = spelled_differently(token.audiences or (), tuple(failed.expected or ()))
    if spelling and spelling.difference == "invisible":
        return None
    if spelling:
        return from_finding(failed)
    if is_same_api_by_facts(reading):
        return likely(f"{failed.why} Both are names of the same API.", failed.what, do=_advice(token.audiences or ()))
    return None


def _advice(actual: tuple[str, ...]) -> str:
    return f"Add {actual[0]} to the accepted audiences."


CAUSE = Cause(
    slug="audience-format-mismatch",
    stage=Stage.TOKEN_CONTENT,
    title="Audience in another form",
    what="The token names the right API, but in another form than the API accepts.",
    do="Add the form that the token uses to the accepted audiences.",
    who=Owner.API_OWNER,
    match=match,
    check="audience_form",
)
