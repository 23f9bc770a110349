"""The device code ran out before the person finished."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_error, by_kind, first, named
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="device-code-expired",
    stage=Stage.TOKEN_REQUEST,
    title="Device code run out",
    what="The device code ran out before the person finished.",
    do="Start again and finish in time.",
    who=Owner.END_USER,
    match=first(
        by_kind("device_code_expired"), named("device-code-expired"), by_error("expired_token", "bad_verification_code")
    ),
)
