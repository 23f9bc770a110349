"""Texts of Postman, which knows no escape for what begins a variable."""

from console.core.snippets.text import SnippetText


def hidden(name: str) -> str:
    return f"{{{{{name}}}}}"


def text(pieces: SnippetText) -> str:
    return "".join(piece if isinstance(piece, str) else hidden(piece.name) for piece in pieces)


def problem(url: SnippetText, *texts: SnippetText) -> str:
    """Why a collection cannot hold an address and texts; "" when it can."""
    if any("{{" in piece for one in (url, *texts) for piece in one if isinstance(piece, str)):
        return "Postman takes {{ for the start of a variable, and this call has it. Take Python."
    if "/:" in "".join(piece for piece in url if isinstance(piece, str)).partition("?")[0]:
        return "Postman takes a part of an address that begins with a colon for a variable. Take Python."
    return ""
