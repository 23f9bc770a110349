"""The user must act (MFA, sign-in) and the chosen flow cannot let them."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_error, first, named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="interaction-required",
    stage=Stage.TOKEN_REQUEST,
    title="The user must act",
    what="The user must act, and this flow cannot let them.",
    do="Sign in interactively.",
    who=Owner.END_USER,
    match=first(named("interaction-required"), by_error("interaction_required", "login_required")),
)
