"""The API reads claims that only an ID token carries (the reverse of RFC 9068)."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="access-token-where-id-token-expected",
    stage=Stage.TOKEN_CONTENT,
    title="The API wants an ID token",
    what="The API or its validator accepts ID tokens only, and an access token came.",
    do="Have the API accept access tokens: an ID token is for the client alone.",
    who=Owner.API_OWNER,
    match=by_phrase("access-token-where-id-token-expected"),
)
