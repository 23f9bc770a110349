"""Texts in a .http file, which knows no escape: what stands there is sent, or is taken for the format's own marks."""

from string import ascii_letters, digits

from console.core.json.text import UNSEEN
from console.core.snippets.text import SnippetText, Variable, joined

_IN_URL = frozenset(ascii_letters + digits + "-._~:/?[]@!$&'()*+,;=%")
_IN_FORM = frozenset(ascii_letters + digits + "-._~*+&=%")
# At the start of a line of a body: a comment or the next request, a variable, a file that is read, a script, a test.
_MARKS = ("#", "//", "@", "< ", "<\t", "<@", "<>", "<<", ">", "```")


def address_problem(url: SnippetText) -> str:
    if not _known(url) <= _IN_URL:
        return "A .http file holds only an address that is percent-encoded throughout. Take curl."
    return _problem(url)


def header_problem(name: str, value: SnippetText) -> str:
    if name.startswith("#"):
        return f"A .http file takes the header {name} for a comment. Take curl."
    if any(ord(letter) > 126 for letter in _known(value)):
        return f"A .http file holds only ASCII in a header, and {name} has more. Take curl."
    return _problem(value)


def form_problem(body: SnippetText) -> str:
    """Of a body in application/x-www-form-urlencoded, which both tools encode where they find it needs it."""
    if not _known(body) <= _IN_FORM:
        return "A .http file holds only a form that is percent-encoded throughout. Take Python."
    return body_problem(body)


def body_problem(body: SnippetText) -> str:
    shown = "".join(piece if isinstance(piece, str) else "*" for piece in body)
    if shown != shown.strip():
        return "A .http file loses blanks and line breaks at the start and at the end of a body. Take Python."
    for line in shown.split("\n"):
        if line.lstrip().startswith(_MARKS) or line.strip() == "<":
            return f"A .http file takes a line of a body that begins with {line.lstrip()[0]} for its own. Take Python."
    return _problem(body)


def _problem(text: SnippetText) -> str:
    pieces = joined(text)
    for at, piece in enumerate(pieces):
        if isinstance(piece, Variable):
            continue
        if UNSEEN.search(piece):
            return "A .http file cannot hold a character that is not seen, and this call has one. Take Python."
        is_split = (at + 1 < len(pieces) and piece.endswith("{")) or (at > 0 and piece.startswith("}"))
        if "{{" in piece or is_split:
            return "A .http file takes {{ for the start of a variable, and this call has it. Take Python."
    return ""


def _known(text: SnippetText) -> frozenset[str]:
    return frozenset(letter for piece in text if isinstance(piece, str) for letter in piece)
