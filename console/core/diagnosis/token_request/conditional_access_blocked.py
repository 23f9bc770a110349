"""A conditional access policy forbids issuing the token."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="conditional-access-blocked",
    stage=Stage.TOKEN_REQUEST,
    title="Blocked by Conditional Access",
    what="A Conditional Access policy forbids the token.",
    do="Open the Conditional Access tab of the sign-in log and have the policy changed.",
    who=Owner.TENANT_ADMIN,
    match=named("conditional-access-blocked"),
)
