"""Arguments at a Command Prompt: first as the C runtime of a program takes them apart, then as cmd reads a line.

A batch file reads % in another way: what is written here is to be pasted into a prompt.
"""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText

MOST = 8_191  # characters of one line
_BEFORE_QUOTE = re.compile(r'(?<!\\)(\\*+)"')
_OF_CMD = re.compile(r"[\"^&|<>()%!]")


def argument(text: SnippetText) -> str:
    """One argument with its variables, which cmd puts in."""
    known = "".join(piece for piece in text if isinstance(piece, str))
    if not any(mark in known for mark in '"%\\'):  # between plain quotes cmd reads nothing but %
        return '"' + "".join(piece if isinstance(piece, str) else f"%{piece.name}%" for piece in text) + '"'
    pieces = [
        _OF_CMD.sub(r"^\g<0>", _of_runtime(piece)) if isinstance(piece, str) else f"%{piece.name}%" for piece in text
    ]
    last = text[-1] if text else ""
    slashes = len(last) - len(last.rstrip("\\")) if isinstance(last, str) else 0  # doubled before the last mark
    return '^"' + "".join(pieces) + "\\" * slashes + '^"'


def problem(*texts: SnippetText) -> str:
    """Why a Command Prompt cannot hold texts; "" when it can."""
    known = "".join(piece for text in texts for piece in text if isinstance(piece, str))
    if UNSEEN.search(known) or "\n" in known or "\t" in known:
        return "A Command Prompt cannot hold a line break, a tab or a character that is not seen. Take PowerShell."
    if len(known) > MOST - 400:
        return f"A Command Prompt takes {MOST:,} characters in a line, and this is longer. Take PowerShell."
    return ""


def _of_runtime(text: str) -> str:
    """A quotation mark has a backslash before it, and backslashes before one are doubled."""
    return _BEFORE_QUOTE.sub(r'\1\1\\"', text)
