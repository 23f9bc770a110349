"""Right API, other spelling: api:// URI or bare id, tenant-domain URI, customised URI, letter case, trailing slash."""

from console.core.checks.claims import is_for_graph
from console.core.compare import WIDENS, spelled_differently
from console.core.diagnosis.audience_facts import is_same_api_by_facts
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import at_a_service, from_finding, likely
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
        return at_a_service(from_finding(failed), tuple(failed.expected or ()))
    if is_same_api_by_facts(reading):
        return likely(f"{failed.why} Both are names of the same API.", failed.what, do=_advice(token.audiences or ()))
    return None


def _advice(actual: tuple[str, ...]) -> str:
    return (
        f"Have the API accept {actual[0]} in place of the other name; beside it only where other tokens still have "
        f"that: {WIDENS}."
    )


CAUSE = Cause(
    slug="audience-format-mismatch",
    stage=Stage.TOKEN_CONTENT,
    title="Audience in another form",
    what="The token names the right API, but in another form than the API accepts.",
    do="Have the API accept the form that the token uses, in place of the other.",
    widens="have it accept both, where other tokens still have the other form",
    who=Owner.API_OWNER,
    match=match,
    check="audience_form",
)
