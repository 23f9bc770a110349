"""The certificate belongs to another organisation or to another environment (test in production)."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="certificate-wrong-owner-or-environment",
    stage=Stage.CREDENTIAL,
    title="Certificate of another owner or environment",
    what="The certificate belongs to another organisation or to another environment.",
    do="Sign with a certificate of the client's own organisation, made for the environment that is asked.",
    who=Owner.INTEGRATOR,
    match=named("certificate-wrong-owner-or-environment"),
)
