"""Plain HTTP was sent where TLS is spoken, or TLS where plain HTTP is."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

RULES = {
    "not_tls": "The address says https, and what answers there speaks plain HTTP.",
    "tls_port": "The address says http, and what answers there speaks TLS.",
}


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if response is not None and reading.answer.failure and response.rule in RULES:
        return answered(response.detail or RULES[response.rule], f"{reading.answer.failure} {response.rule}")
    return None if reading.answer.is_success else by_phrase("scheme-mismatch")(reading)


CAUSE = Cause(
    slug="scheme-mismatch",
    stage=Stage.NETWORK,
    title="http and https mixed up",
    what="Scheme and port of the address do not fit together.",
    do="Correct the scheme or the port of the address: https usually has port 443 or 8443, http port 80 or 8080.",
    who=Owner.INTEGRATOR,
    match=match,
)
