"""The API reads claims that only an ID token carries (the reverse of RFC 9068)."""

from console.core.diagnosis.audience_facts import is_compared_with_client
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    return by_phrase("access-token-where-id-token-expected")(reading) or _without_audience(reading)


def _without_audience(reading: Reading) -> Match | None:
    """Only ID tokens must name the client in aud (OIDC Core section 2): what compares it was written for them."""
    if not is_compared_with_client(reading):
        return None
    client = reading.claims["client_id"]
    return likely(
        f"The token has no aud; the value that is looked for there, {client}, is its client_id.", "aud absent"
    )


CAUSE = Cause(
    slug="access-token-where-id-token-expected",
    stage=Stage.TOKEN_CONTENT,
    title="The API wants an ID token",
    what="The API or its validator accepts ID tokens only, and an access token came.",
    do="Have the API accept access tokens: an ID token is for the client alone.",
    who=Owner.API_OWNER,
    match=match,
)
