"""The API keeps its own users and roles; the caller has none there."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely, possible
from console.core.diagnosis.own_roles import keeps_own_roles
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.is_at_token_endpoint or reading.answer.status not in {401, 403, None}:
        return None
    if found := by_phrase("principal-not-provisioned-in-api")(reading):
        return found
    if keeps_own_roles(reading) and reading.answer.status in {401, 403} and not _fails(reading):
        return likely(
            "The token is in order, and this API looks callers up in a list of its own.", "own users and roles"
        )
    is_let_through = reading.answer.status == 403 and reading.answer.answered_by == "backend"
    if is_let_through and reading.passes("audience") and not reading.failed("roles") and not reading.failed("scopes"):
        return possible("The token is in order, yet the API itself answers 403.", "403 from the backend")
    return None


def _fails(reading: Reading) -> bool:
    return any(reading.failed(check) for check in ("audience", "issuer", "tenant", "expiry", "not_before", "signature"))


CAUSE = Cause(
    slug="principal-not-provisioned-in-api",
    stage=Stage.API,
    title="Caller unknown in the API",
    what="The API keeps its own users and roles, and the caller has none there.",
    do="Have the caller (client id or user) created in the API, with a role.",
    who=Owner.API_OWNER,
    match=match,
)
