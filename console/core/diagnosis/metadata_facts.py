"""What the evidence says about the address of metadata or keys."""

import re

from console.core.diagnosis.reading import Reading

_ANSWERED = re.compile(r"\b404\b|not ?found\b|\bhtml\b|unexpected token '?<|\b(?:400|401|403|405|410)\b", re.I)


def host_answered(reading: Reading) -> str:
    """What tells that the metadata's host is there and answered something else (404, a page); "" when nothing does."""
    said = reading.phrase("metadata-unreachable")
    found = _ANSWERED.search(said.words) if said else None
    return f'The address answered, but not with the document: "{said.words}"' if said and found else ""
