"""The scope string has the wrong form for the flow (no /.default, comma-separated, empty parts)."""

from console.core import providers
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_code, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    scope = reading.params.get("scope", "")
    problem = _problem(reading, scope)
    if found := by_code("scope-format-invalid")(reading):
        told = f"The scope is {scope or 'empty'}. {problem or ''}".strip() if reading.params else ""
        return adding(found, told)
    if reading.codes or reading.error != "invalid_scope":
        return None
    if "," in scope:
        return likely(f"The scope is {scope}: scopes are separated by blanks, not by commas.", "invalid_scope")
    if problem and reading.endpoint_tenant:
        return likely(f"The scope is {scope or 'empty'}. {problem}", "invalid_scope")
    return None


def _problem(reading: Reading, scope: str) -> str | None:
    """What the provider of the evidence says; Entra, whose error codes these are, where none of ours is named."""
    provider = reading.provider or providers.entra.PROVIDER
    return provider.scope_problem(reading.grant, scope)


CAUSE = Cause(
    slug="scope-format-invalid",
    stage=Stage.TOKEN_REQUEST,
    title="Scope in the wrong form",
    what="The scope does not have the form this grant needs.",
    do="Write the scope as the provider documents it, several with blanks between them.",
    who=Owner.INTEGRATOR,
    match=match,
)
