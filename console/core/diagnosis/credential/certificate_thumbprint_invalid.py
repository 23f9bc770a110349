"""The certificate reference in the assertion header (x5t, x5t#S256) is missing or wrongly encoded."""

from console.core.diagnosis.assertion_facts import thumbprint_fault
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import in_own_words, likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    fault = thumbprint_fault(reading) if reading.token_error is not None else None
    if found := named("certificate-thumbprint-invalid")(reading):
        return in_own_words(found, fault or "")
    is_refused = reading.error == "invalid_client" and not reading.codes
    return likely(fault, "assertion header") if fault and is_refused else None


CAUSE = Cause(
    slug="certificate-thumbprint-invalid",
    stage=Stage.CREDENTIAL,
    title="Certificate's thumbprint wrong",
    what="The header of the client assertion names the certificate wrongly.",
    do="Put base64url of the SHA-256 digest of the DER certificate into x5t#S256 (with PS256), or of the SHA-1 "
    "digest into x5t (with RS256).",
    who=Owner.INTEGRATOR,
    match=match,
)
