"""The mTLS client certificate is missing, unknown or untrusted at the gateway."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    response = reading.evidence.response
    if response is not None and reading.answer.failure == "tls" and response.rule == "client_certificate":
        return certain(response.detail or "The server demands a TLS client certificate.", "tls client_certificate")
    if reading.is_at_token_endpoint or reading.answer.is_success:
        return None
    return by_phrase("client-certificate-not-accepted")(reading)


CAUSE = Cause(
    slug="client-certificate-not-accepted",
    stage=Stage.GATEWAY_POLICY,
    title="Client certificate not accepted",
    what="The TLS client certificate is missing, unknown or not trusted at the gateway.",
    do="Send the client certificate that the gateway knows, or have this one registered there.",
    who=Owner.INTEGRATOR,
    match=match,
)
