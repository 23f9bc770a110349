"""The project or account behind the client has not switched this API on."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.matching import by_phrase
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

CAUSE = Cause(
    slug="api-not-enabled",
    stage=Stage.AUTHORIZATION,
    title="API not switched on",
    what="The project or account behind the client has not switched this API on.",
    do="Switch the API on for the project or account that the client belongs to.",
    who=Owner.INTEGRATOR,
    match=by_phrase("api-not-enabled"),
)
