"""A refresh token that rotates was redeemed twice, and its family is revoked (RFC 9700 section 4.14)."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="refresh-token-reused",
    stage=Stage.TOKEN_REQUEST,
    title="Refresh token used twice",
    what=(
        "A refresh token that is replaced at each use was used a second time, so the whole chain of tokens was revoked."
    ),
    do="Sign in again, keep the new refresh token of each answer, and let only one process refresh at a time.",
    who=Owner.INTEGRATOR,
    match=by_phrase("refresh-token-reused"),
)
