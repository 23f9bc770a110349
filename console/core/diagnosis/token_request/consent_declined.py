"""The person at the provider said no or cancelled (access_denied)."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_error, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_DECLINING = re.compile(
    r"\b(?:declin|cancel|reject|refus|abort|den(?:y|ied))\w*|\bdid not (?:consent|approve|authorize|grant|accept)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:user|owner|person|customer|you|end-user|consent|sign-?in|log-?in|login)\b", re.IGNORECASE)
_DEVICE = frozenset({"device_code", "urn:ietf:params:oauth:grant-type:device_code"})
_WITHOUT_PERSON = frozenset({"client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"})


def match(reading: Reading) -> Match | None:
    """access_denied tells it, unless the provider's own words tell another cause: it is also what servers answer by
    rules of their own (RFC 6749 section 4.1.2.1), and then the description says so."""
    known = reading.known.cause if reading.known else None
    if known not in (None, "consent-declined"):
        return None
    told = named("consent-declined")(reading)
    return told if told or not _is_by_person(reading) else by_error("access_denied", "authorization_declined")(reading)


def _is_by_person(reading: Reading) -> bool:
    """Whether a person may have said no: one takes part, and no description speaks of anything else.

    At a device's polling the error has this one meaning (RFC 8628 section 3.5).
    """
    if reading.grant in _WITHOUT_PERSON:
        return False
    if reading.grant in _DEVICE:
        return True
    words = reading.description
    return not words.strip() or (_DECLINING.search(words) is not None and _PERSON.search(words) is not None)


CAUSE = Cause(
    slug="consent-declined",
    stage=Stage.TOKEN_REQUEST,
    title="The person declined",
    what="The person at the provider said no or cancelled.",
    do="Sign in again and accept.",
    who=Owner.END_USER,
    match=match,
)
