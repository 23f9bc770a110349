"""Neither user nor administrator has consented to the permission."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_error, first, named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="consent-missing",
    stage=Stage.TOKEN_REQUEST,
    title="Consent missing",
    what="Nobody has consented to the permission that is asked for.",
    do="Have an administrator grant consent, or sign in and consent.",
    asked="Grant the consent for this client.",
    who=Owner.TENANT_ADMIN,
    match=first(named("consent-missing"), by_error("consent_required")),
)
