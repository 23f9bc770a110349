"""A supplier asks on behalf of a consumer that has not delegated the scope to it."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="delegation-missing",
    stage=Stage.TOKEN_REQUEST,
    title="Scope not delegated",
    what="The supplier asks on behalf of an organisation that has not delegated the scope to it.",
    do="Have the organisation delegate the scope to this supplier.",
    who=Owner.TENANT_ADMIN,
    match=by_phrase("delegation-missing"),
)
