"""What is said of the proof of a key (DPoP, RFC 9449)."""

import re

from console.core.diagnosis.reading import Reading

_TIME = re.compile(
    r"\b(?:iat|issued at)\b[^.\n\"]{0,60}\bproof\b[^.\n\"]{0,80}|\bproof\b[^.\n\"]{0,60}\biat\b[^.\n\"]{0,80}", re.I
)


def time_of_proof(reading: Reading) -> str:
    """The words that refuse a proof for its time, by which alone it lives (section 4.3); "" without any."""
    found = _TIME.search(reading.said)
    return found[0] if found else ""
