"""The start of a long text, masked: no half of a secret stands where it was cut."""

import re
from collections.abc import Callable

AHEAD = 16_384  # characters beyond the start that are read with it: longer than any token and key
_END_OF_WORD = re.compile(r"[\s\"'<>(){}\[\],;&|]")


def masked_start(text: str, most: int, mask: Callable[[str], str]) -> str:
    """At most `most` characters of the masked text.

    Masked first and cut then: a secret that is cut has a shape that nobody knows any more. Where the text is too long
    to be read whole, the last word that was read may itself be half a secret, and is left out.
    """
    if len(text) <= most + AHEAD:
        return mask(text)[:most]
    masked = mask(text[: most + AHEAD])
    last = 0
    for found in _END_OF_WORD.finditer(masked):
        last = found.end()
    return masked[: min(most, last)]
