"""The mTLS client certificate is missing, unknown or untrusted at the gateway."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if response is not None and reading.answer.failure == "tls" and response.rule == "client_certificate":
        return answered(response.detail or "The server demands a TLS client certificate.", "tls client_certificate")
    if reading.is_at_token_endpoint or reading.answer.is_success:
        return None
    return by_phrase("client-certificate-not-accepted")(reading) or _of_bound_token(reading)


def _of_bound_token(reading: Reading) -> Match | None:
    """A token that is bound to a certificate is refused where that is not shown (RFC 8705 section 3)."""
    cnf = reading.claims.get("cnf")
    is_bound = isinstance(cnf, dict) and "x5t#S256" in cnf
    if not is_bound or reading.answer.status not in {401, 403} or "certificate" not in reading.said.lower():
        return None
    return likely("The token is bound to a certificate, and the refusal speaks of one.", "cnf x5t#S256")


CAUSE = Cause(
    slug="client-certificate-not-accepted",
    stage=Stage.GATEWAY_POLICY,
    title="Client certificate not accepted",
    what="The TLS client certificate is missing, unknown or not trusted at the gateway.",
    do="Send the client certificate that the gateway knows, or have this one registered there.",
    who=Owner.INTEGRATOR,
    match=match,
)
