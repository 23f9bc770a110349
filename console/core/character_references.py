"""Character references of HTML in a text of any origin, as the characters that they stand for."""

import html
import re

# A reference has seven digits at most; zeros before them count for nothing, however many there are.
_LONG = re.compile(r"&#(?:([xX])([0-9a-fA-F]{9,}+)|([0-9]{9,}+))")
_BEYOND = "9" * 8  # no character has this number: read as any other that is too large


def unescaped(text: str) -> str:
    """The text as a browser reads it.

    `html.unescape` by itself raises an error for a reference of 5,000 digits, which any far side can write.
    """
    return html.unescape(_LONG.sub(_shortened, text)) if "&" in text else text


def _shortened(found: re.Match[str]) -> str:
    digits = (found[2] or found[3]).lstrip("0") or "0"
    return f"&#{found[1] or ''}{digits if len(digits) < 9 else _BEYOND}"
