"""The service takes another scheme than bearer tokens (RFC 9110 section 11.1)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import split_scheme
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_SIGNED = (
    "aws4-hmac-sha256",
    "sharedkey",
    "sharedkeylite",
    "hawk",
    "hmac",
    "hmac-sha256",
    "signature",
    "awsalb",
    "sharedaccesssignature",
)


def match(reading: Reading) -> Match | None:
    schemes = [one.scheme for one in reading.answer.challenges]
    used, _ = split_scheme(reading.authorization or "")
    is_used = used.lower() in map(str.lower, schemes)  # then it is not the scheme that was refused
    if schemes and not is_used and all(scheme.lower() in _SIGNED for scheme in schemes):
        return likely(f"The answer asks for {schemes[0]}, a scheme of signed requests.", schemes[0])
    return by_phrase("auth-scheme-not-supported")(reading)


CAUSE = Cause(
    slug="auth-scheme-not-supported",
    stage=Stage.GATEWAY_POLICY,
    title="No bearer tokens here",
    what="The service takes another scheme than bearer tokens, such as signed requests.",
    do="Sign the request as the service wants it, or call the address that takes bearer tokens.",
    who=Owner.INTEGRATOR,
    match=match,
)
