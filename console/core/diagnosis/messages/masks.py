"""What somebody put in place of a value before he showed a text: that it was there is all that it tells."""

import re

_MASK = re.compile(
    r"(?:\*{2,}|[xX]{4,}|•{2,}|…|\.{2,3}|<token>"
    r"|[\[<{(]{0,2}(?:redacted|masked|removed|hidden|filtered|scrubbed|omitted|pii is hidden)[\]>})]{0,2})"
)
_PART = re.compile(r"\*{2,}|[xX]{4,}|•{2,}|redacted|masked")
_DRESS = " '\"[]"


def is_masked(value: str) -> bool:
    """Whether nothing of the value itself is left."""
    return _MASK.fullmatch(value.strip(_DRESS).lower()) is not None


def is_part_masked(value: str) -> bool:
    """Whether a part of it is not shown: two that look different there may be the same, and the other way round."""
    return _PART.search(value.lower()) is not None
