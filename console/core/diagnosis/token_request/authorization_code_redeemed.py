"""The authorization code was used before."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="authorization-code-redeemed",
    stage=Stage.TOKEN_REQUEST,
    title="Code used before",
    what="The authorization code was used before.",
    do="Start the sign-in again and redeem the code once.",
    who=Owner.INTEGRATOR,
    match=named("authorization-code-redeemed"),
)
