"""The client is not registered for, or has not been given, the requested scope."""

from console.core.diagnosis.assertion_facts import customer_outside
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_error, by_phrase, first, weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import leaves
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if not reading.is_at_token_endpoint:
        return None
    found = first(by_code("scope-not-granted"), by_phrase("scope-not-granted"), by_error("invalid_scope"))(reading)
    if found and (reading.phrase("delegation-missing") or customer_outside(reading) or _acts_for_another(reading)):
        return weakened(found)
    return found


def _acts_for_another(reading: Reading) -> bool:
    return (
        any("delegation" in name or "acting_for" in name for name, _ in leaves(reading))
        or "delegation" in reading.facts
    )


CAUSE = Cause(
    slug="scope-not-granted",
    stage=Stage.TOKEN_REQUEST,
    title="Scope not given to the client",
    what="The client has not been given the scope it asks for.",
    do="Have the scope registered on the client, and the access to it granted by its owner.",
    asked="Give this client access to the scope.",
    who=Owner.API_OWNER,
    match=match,
)
