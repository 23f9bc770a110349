"""Texts of a .bru file, which knows no escape: blocks of names and values, each on one line, and blocks of text."""

import re

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable, joined

_INDENT = "  "
_BEYOND_LINE = re.compile("[\n\r]")


def hidden(name: str) -> str:
    return f"{{{{{name}}}}}"


def text(pieces: SnippetText) -> str:
    return "".join(piece if isinstance(piece, str) else hidden(piece.name) for piece in pieces)


def block(name: str, rows: list[tuple[str, str]]) -> str:
    """Names with their values."""
    return "\n".join([f"{name} {{", *(f"{_INDENT}{key}: {value}".rstrip() for key, value in rows), "}"]) + "\n"


def text_block(name: str, content: str) -> str:
    """Each line is indented, empty ones too: a bracket at the start of a line would end the block."""
    return "\n".join([f"{name} {{", *(_INDENT + line for line in content.split("\n")), "}"]) + "\n"


def value_problem(value: SnippetText, what: str) -> str:
    """Why the value of a name cannot be told; "" when it can."""
    shown = "".join(piece if isinstance(piece, str) else "x" for piece in value)
    if _BEYOND_LINE.search(shown) or shown != shown.strip() or shown.startswith("'''") or shown == "[":
        return f"A .bru file cannot hold {what} as it is. Take Python."
    return text_problem(value, what)


def name_problem(name: str) -> str:
    """The same of the name of a header."""
    if name.startswith(("~", '"', "@")) or name == "__proto__":
        return f"A .bru file takes the header {name} for a mark of its own. Take Python."
    return ""


def text_problem(content: SnippetText, what: str) -> str:
    """The same of a text of several lines."""
    pieces = joined(content)
    for at, piece in enumerate(pieces):
        if isinstance(piece, Variable):
            continue
        if UNSEEN.search(piece):
            return f"A .bru file cannot hold a character that is not seen, and {what} has one. Take Python."
        is_split = (at + 1 < len(pieces) and piece.endswith("{")) or (at > 0 and piece.startswith("}"))
        if "{{" in piece or is_split:
            return "Bruno takes {{ for the start of a variable, and this call has it. Take Python."
    return ""
