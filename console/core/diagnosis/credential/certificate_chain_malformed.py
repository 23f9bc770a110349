"""x5c has the wrong type, order or content."""

from console.core.diagnosis.assertion_facts import header
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := named("certificate-chain-malformed")(reading):
        return found
    chain = header(reading).get("x5c")
    if chain is None or reading.token_error is None or reading.codes:
        return None
    if not isinstance(chain, list):
        return likely("x5c is one text; it must be a list of texts.", "x5c")
    is_pem = any(isinstance(one, str) and "BEGIN CERTIFICATE" in one for one in chain)
    return likely("x5c holds PEM text; it must hold base64 DER without the BEGIN line.", "x5c") if is_pem else None


CAUSE = Cause(
    slug="certificate-chain-malformed",
    stage=Stage.CREDENTIAL,
    title="Certificate chain malformed",
    what="The certificate chain in the assertion (x5c) has the wrong type, order or content.",
    do="Send x5c as a list of base64 DER certificates, the signing one first.",
    who=Owner.INTEGRATOR,
    match=match,
)
