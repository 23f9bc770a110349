"""Another scheme guards the path in front of the bearer check (RFC 9110 section 11.6.1)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_OTHERS = ("negotiate", "ntlm", "basic", "digest", "kerberos")


def match(reading: Reading) -> Match | None:
    schemes = [one.scheme for one in reading.answer.challenges]
    others = [scheme for scheme in schemes if scheme.lower() in _OTHERS]
    if reading.answer.status == 401 and others and len(others) == len(schemes) and not reading.is_at_token_endpoint:
        named = " and ".join(dict.fromkeys(others))
        return likely(f"The answer asks for {named}, and not for a bearer token.", named)
    return by_phrase("other-authentication-layer")(reading)


CAUSE = Cause(
    slug="other-authentication-layer",
    stage=Stage.GATEWAY_POLICY,
    title="Another authentication stands in front",
    what="Another authentication than bearer tokens guards this path.",
    do="Use the address at which bearer tokens are taken.",
    widens="have the other authentication switched off for this path",
    asked="Name the address at which bearer tokens are taken, or have this one take them.",
    who=Owner.API_OWNER,
    match=match,
)
