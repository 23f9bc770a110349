"""Public, SPA and confidential platform are mixed up."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="client-type-mismatch",
    stage=Stage.CREDENTIAL,
    title="Platform or client type mixed up",
    what="Public, single-page and confidential client are mixed up.",
    do="Register the redirect URI under the platform that this client really is, and send a secret only as a "
    "confidential client.",
    who=Owner.INTEGRATOR,
    match=named("client-type-mismatch"),
)
