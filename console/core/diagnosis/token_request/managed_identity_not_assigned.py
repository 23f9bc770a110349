"""The local identity endpoint does not know the identity that was asked for."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="managed-identity-not-assigned",
    stage=Stage.TOKEN_REQUEST,
    title="No such managed identity here",
    what="The managed identity that was asked for is not assigned to this resource.",
    do="Assign the identity to the resource (or switch the system-assigned one on), and name it by its client id.",
    who=Owner.INTEGRATOR,
    match=by_phrase("managed-identity-not-assigned"),
)
