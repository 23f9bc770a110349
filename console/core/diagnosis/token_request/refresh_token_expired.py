"""The refresh token is past its lifetime, inactive for too long or revoked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="refresh-token-expired",
    stage=Stage.TOKEN_REQUEST,
    title="Refresh token not valid any more",
    what="The refresh token has expired or was revoked.",
    do="Sign in again.",
    who=Owner.INTEGRATOR,
    match=named("refresh-token-expired"),
)
