"""Another scheme guards the path in front of the bearer check (RFC 9110 section 11.6.1)."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

# Of an answer whose status stands elsewhere in a log.
_ASKED = re.compile(r"www-authenticate\s?[:=]\s?\"?([A-Za-z]{2,20})", re.IGNORECASE)
_SENT = re.compile(
    r"authorization[\"']?\s?[:=]\s?[\"']?bearer\b|scheme[\"']?\s?[:=]\s?[\"']?bearer\b|\bsent [^\n]{0,40}\bbearer\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"(?<![\w.])401(?![\w.])")
_OTHERS = ("negotiate", "ntlm", "basic", "digest", "kerberos")


def match(reading: Reading) -> Match | None:
    schemes = [one.scheme for one in reading.answer.challenges]
    others = [scheme for scheme in schemes if scheme.lower() in _OTHERS]
    if reading.answer.status == 401 and others and len(others) == len(schemes) and not reading.is_at_token_endpoint:
        named = " and ".join(dict.fromkeys(others))
        return likely(f"The answer asks for {named}, and not for a bearer token.", named)
    return _of_log(reading) or by_phrase("other-authentication-layer")(reading)


def _of_log(reading: Reading) -> Match | None:
    """Where a log tells that a bearer token was sent, and that the answer asked for nothing but something else."""
    asked = {scheme.lower() for scheme in _ASKED.findall(reading.said)} if reading.answer.status is None else set()
    is_other = bool(asked) and asked <= set(_OTHERS) and not reading.is_at_token_endpoint
    if not is_other or not _REFUSED.search(reading.said) or not _SENT.search(reading.said):
        return None
    named = " and ".join(sorted(asked)).title()
    return likely(f"The answer asks for {named}, and not for the bearer token that was sent.", named)


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
