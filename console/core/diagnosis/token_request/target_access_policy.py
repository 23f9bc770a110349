"""The target application does not allow this client to obtain tokens for it."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="target-access-policy",
    stage=Stage.TOKEN_REQUEST,
    title="Not on the access policy of the API",
    what="The API does not allow this client to obtain tokens for it.",
    do="Have this client added to the API's access policy (inbound rules).",
    who=Owner.API_OWNER,
    match=by_phrase("target-access-policy"),
)
