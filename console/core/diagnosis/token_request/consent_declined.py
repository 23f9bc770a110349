"""The person at the provider said no or cancelled (access_denied)."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_error, first, named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="consent-declined",
    stage=Stage.TOKEN_REQUEST,
    title="The person declined",
    what="The person at the provider said no or cancelled.",
    do="Sign in again and accept.",
    who=Owner.END_USER,
    match=first(named("consent-declined"), by_error("access_denied", "authorization_declined")),
)
