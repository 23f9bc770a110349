"""Texts in single quotation marks, as other languages write them: in C# these hold one character."""

import re

# Comments, texts and characters as C# writes them; then what is none.
_PASSED_OVER = r"""(?:
    [^"'/@$]++ | //[^\n\r]*+ | (?>/\*.*?\*/) | /(?![/*]) | @"(?:[^"]++|"")*+" | "(?:[^"\\\n\r]++|\\.)*+"
  | @(?!"|\$") | \$(?!@?")
  | '(?:\\(?:[uUx][0-9a-fA-F]{1,8}|.)|[^'\\\n\r])'
)*+"""
_WRONG = re.compile(_PASSED_OVER + r"'(?!\{\{)[^'\\\n\r]*+'", re.X | re.S)
_MAX_CHARS = 512_000


def holds_quoted_text(expression: str) -> bool:
    """Whether the code of an expression holds one. A text with holes, `$"..."`, ends the search: code is in it. So does
    a named value, which may be one character.
    """
    return len(expression) <= _MAX_CHARS and _WRONG.match(expression) is not None
