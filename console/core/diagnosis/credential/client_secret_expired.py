"""The secret existed but is past its end date."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="client-secret-expired",
    stage=Stage.CREDENTIAL,
    title="Client secret expired",
    what="The client secret is past its end date.",
    do="Create a new client secret, enter it here, and set a reminder before it ends.",
    who=Owner.INTEGRATOR,
    match=named("client-secret-expired"),
)
