"""Scopes of more than one API in one token request."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import in_own_words, likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import resources_of
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    resources = resources_of(reading.params.get("scope", ""))
    told = f"The scopes name {' and '.join(resources)}." if len(resources) > 1 else ""
    if found := named("multiple-resources-requested")(reading):
        return in_own_words(found, told)
    if told and reading.error == "invalid_scope" and not reading.codes:
        return likely(told, *resources)
    return None


CAUSE = Cause(
    slug="multiple-resources-requested",
    stage=Stage.TOKEN_REQUEST,
    title="Several APIs in one request",
    what="The request asks for scopes of more than one API.",
    do="Request one token per API.",
    who=Owner.INTEGRATOR,
    match=match,
)
