"""The application requires assignment and this user or group is not assigned."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_code
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="user-not-assigned",
    stage=Stage.TOKEN_REQUEST,
    title="User not assigned",
    what="The application requires assignment, and this user is not assigned.",
    do="Have the user, or a group the user is a direct member of, assigned.",
    who=Owner.TENANT_ADMIN,
    match=by_code("user-not-assigned"),
)
