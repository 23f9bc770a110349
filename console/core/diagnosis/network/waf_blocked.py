"""A web application firewall or security service in front of the API blocked the request."""

from dataclasses import replace

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.answer.status not in {200, 401, 403, 406, 418, 429, 503, None}:
        return None
    if found := by_phrase("waf-blocked")(reading):
        return replace(found, who=Owner.IDENTITY_PROVIDER) if reading.is_at_token_endpoint else found
    if reading.is_at_token_endpoint:
        return None
    if reading.answer.status == 403 and reading.answer.is_html:
        return possible("The answer is 403 with an HTML page, which the API itself does not write.", "HTML page")
    return None


CAUSE = Cause(
    slug="waf-blocked",
    stage=Stage.NETWORK,
    title="Blocked by a firewall for web applications",
    what="A security service in front of the API blocked the request.",
    do="Give the owner of that service the time and the reference in the answer, and have the rule checked.",
    asked="Look up the time and the reference of the answer in the log of the firewall, and have the rule checked.",
    who=Owner.API_OWNER,
    match=match,
)
