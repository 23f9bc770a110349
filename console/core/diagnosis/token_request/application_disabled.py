"""The application or its service principal is disabled."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_code
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="application-disabled",
    stage=Stage.TOKEN_REQUEST,
    title="Application disabled",
    what="The client is disabled at the provider.",
    do="Have the application enabled.",
    who=Owner.TENANT_ADMIN,
    match=by_code("application-disabled"),
)
