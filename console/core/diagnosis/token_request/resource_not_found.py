"""The requested resource, scope prefix or audience names no API known to the tenant or token service."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_code, by_error, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("resource-not-found")(reading):
        asked = reading.params.get("scope") or reading.params.get("resource") or reading.fact("scope")
        told = f" The request asks for {asked}." if isinstance(asked, str) and asked else ""
        return adding(found, told)
    if reading.codes or not reading.is_at_token_endpoint or reading.phrase("target-access-policy"):
        return None
    is_about_assertion = reading.phrase("assertion-audience-wrong") and "audience" not in reading.params
    if not is_about_assertion and (found := by_phrase("resource-not-found")(reading)):
        return found
    return by_error("invalid_target", "invalid_resource")(reading)


CAUSE = Cause(
    slug="resource-not-found",
    stage=Stage.TOKEN_REQUEST,
    title="API not known",
    what="The API that the scope or audience names is not known here.",
    do="Compare the name of the API in the request with the one that it is registered by at the provider.",
    who=Owner.INTEGRATOR,
    match=match,
)
