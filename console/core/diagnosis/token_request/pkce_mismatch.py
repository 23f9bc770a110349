"""code_verifier is missing or does not belong to the code_challenge."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="pkce-mismatch",
    stage=Stage.TOKEN_REQUEST,
    title="PKCE values do not fit",
    what="The code_verifier is missing or does not belong to the code_challenge.",
    do="Send the code_verifier that was made for the code_challenge of the same request.",
    who=Owner.INTEGRATOR,
    match=named("pkce-mismatch"),
)
