"""The agreement or purpose behind the request is not active at the provider."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="access-agreement-inactive",
    stage=Stage.TOKEN_REQUEST,
    title="Agreement not active",
    what="The agreement or purpose behind the request is not active at the provider.",
    do="Have the owner of the API approve or renew the agreement.",
    asked="Approve or renew the agreement.",
    who=Owner.API_OWNER,
    match=by_phrase("access-agreement-inactive"),
)
