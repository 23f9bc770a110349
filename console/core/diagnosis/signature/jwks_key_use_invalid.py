"""The key is in the key set but marked for another use or type."""

import json
import re
from itertools import islice

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_KEY = re.compile(r"\{[^{}]{2,6000}\}")
_MOST_KEYS = 50


def _shared_kid(text: str) -> str:
    """The kid that a key for encryption and one for signatures share in a key set; "" for none: whoever looks a key up
    by its kid alone may take the wrong one (RFC 7517 section 4.5).
    """
    if '"enc"' not in text or '"kty"' not in text:
        return ""
    uses: dict[str, set[str]] = {}
    for found in islice(_KEY.finditer(text), _MOST_KEYS):
        try:
            key = json.loads(found[0])
        except ValueError:
            continue
        kid, use = key.get("kid"), key.get("use")
        if isinstance(kid, str) and isinstance(use, str) and "kty" in key:
            uses.setdefault(kid, set()).add(use)
    return next((kid for kid, named in uses.items() if {"enc", "sig"} <= named), "")


def match(reading: Reading) -> Match | None:
    if reading.signature.reason == "key-use":
        return certain(f"The key {reading.signature.kid} is there, but marked for another use.", reading.signature.kid)
    told = None if reading.is_at_token_endpoint else by_phrase("jwks-key-use-invalid")(reading)
    if told is None and (kid := _shared_kid(reading.evidence.pasted or "")):
        return possible(f"The key set has two keys with the kid {kid}, one of them for encryption.", kid)
    return told


CAUSE = Cause(
    slug="jwks-key-use-invalid",
    stage=Stage.SIGNATURE,
    title="Key marked for another use",
    what="The key is in the key set, but marked for another use or type.",
    do="Have the provider publish the signing key with use sig and the right type.",
    who=Owner.IDENTITY_PROVIDER,
    match=match,
    check="key_use",
)
