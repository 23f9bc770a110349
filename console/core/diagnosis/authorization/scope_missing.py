"""A delegated token without the scope the operation needs, or an app-only token where a scope is expected."""

from console.core.checks.claims import is_app_only, scopes
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if failed := reading.failed("scopes"):
        return from_finding(failed)
    if reading.is_at_token_endpoint or reading.passes("scopes"):
        return None
    challenge = reading.answer.challenge("Bearer")
    if challenge and challenge.params.get("error") == "insufficient_scope":
        needed = challenge.params.get("scope", "")
        told = f" It names the scope {needed}." if needed else ""
        do = reading.words.request(needed) if needed and " " not in needed else ""
        return answered(f"The API answered insufficient_scope.{told}", "insufficient_scope", do=do)
    found = by_phrase("scope-missing")(reading)
    if found is None or (reading.token is not None and is_app_only(reading.token) and scopes(reading.token) is None):
        return likely(found.why, *found.facts) if found and "roles" in reading.claims else None
    return found


CAUSE = Cause(
    slug="scope-missing",
    stage=Stage.AUTHORIZATION,
    title="Scope missing",
    what="The token lacks the scope that this operation needs.",
    do="Request the scope that this operation needs, and get a new token.",
    who=Owner.INTEGRATOR,
    match=match,
    check="scopes",
)
