"""The key or certificate named in the assertion is not registered on the client."""

from console.core.diagnosis.assertion_facts import header, is_signed_with_secret
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    found = named("certificate-not-registered")(reading)
    if found is None or not reading.is_at_token_endpoint or is_signed_with_secret(reading):
        return None
    names = header(reading)
    sent = next((f"{name} {names[name]}" for name in ("x5t#S256", "x5t", "kid") if name in names), "")
    if not sent:
        return found
    return adding(found, f"The assertion names the key {sent}.", facts=(sent,))


CAUSE = Cause(
    slug="certificate-not-registered",
    stage=Stage.CREDENTIAL,
    title="Certificate or key not registered",
    what="The key that signed the client assertion is not registered on this client.",
    do="Upload the public certificate to this application and compare its thumbprint with the one that is sent.",
    who=Owner.INTEGRATOR,
    match=match,
)
