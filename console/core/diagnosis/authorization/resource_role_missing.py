"""Authenticated, but the role assignment on the resource itself is missing."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="resource-role-missing",
    stage=Stage.AUTHORIZATION,
    title="No role on the resource",
    what="The caller is known, but has no role on the resource itself.",
    do="Have the role assigned to the caller on this resource or a folder above it; it may take minutes to count.",
    who=Owner.API_OWNER,
    match=by_phrase("resource-role-missing"),
)
