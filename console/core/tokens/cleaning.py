"""Takes the wrapping off a pasted token: scheme, header name, quotes, white space. Each with a note."""

import re
from dataclasses import dataclass

from console.core.json.text import HIDDEN

_LEGAL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
_HEADER = re.compile(r"(?:proxy-)?authorization[ \t]{0,8}[:=]\s*", re.IGNORECASE)
_SCHEME = re.compile(r"(?:bearer|dpop|jwt|token)(?:\s*:\s*|\s+|(?=\s*$))", re.IGNORECASE)
_SCHEMES = ("bearer", "dpop", "jwt", "token")
_MEMBER = re.compile(r"""["']?(?:access_token|id_token|token)["']?[ \t]{0,8}[:=]\s*""", re.IGNORECASE)
_QUOTES = "\"'`“”„‘’«»"
_LINE_BREAK = re.compile(r"(?:(?<![ \t])[ \t]++)?[\r\n][\r\n \t]*+")
_ROUNDS = 6

SCHEME_NOTE = "The scheme (Bearer) in front of the token was removed."
HEADER_NOTE = "The header name (Authorization) in front of the token was removed."
MEMBER_NOTE = "The member name in front of the token was removed."
QUOTES_NOTE = "Quotes around the token were removed."
BLANKS_NOTE = "White space was removed."
HIDDEN_NOTE = "Hidden characters were removed."
ESCAPES_NOTE = "Line breaks written as \\n were removed."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` is what remains; `stripped` the same before white space inside was taken out.

    `has_inner_blanks` is true when blanks stood inside a line (line breaks are wrapping, blanks are not).
    """

    text: str
    stripped: str
    notes: tuple[str, ...] = ()
    has_inner_blanks: bool = False


def is_legal(text: str) -> bool:
    """Whether the text holds only the characters of a compact token; a scheme alone passes too."""
    return text.isascii() and not text.encode().translate(None, _LEGAL)


def clean(text: str) -> Cleaned:
    """The token without its wrapping. Never raises."""
    if is_legal(text) and text.lower() not in _SCHEMES:
        return Cleaned(text, text)
    notes: list[str] = []
    bare = HIDDEN.sub(_blank_or_nothing, text)
    if bare != text:
        notes.append(HIDDEN_NOTE)
    bare = _unwrap(bare, notes)
    if "\\" in bare:
        unescaped = bare.replace("\\r", "").replace("\\n", "")
        if unescaped != bare:
            bare = unescaped
            notes.append(ESCAPES_NOTE)
    joined = _LINE_BREAK.sub("", bare)
    packed = "".join(joined.split())
    if packed != bare and BLANKS_NOTE not in notes:
        notes.append(BLANKS_NOTE)
    return Cleaned(packed, bare, tuple(dict.fromkeys(notes)), packed != joined)


def _blank_or_nothing(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else ""


def _unwrap(text: str, notes: list[str]) -> str:
    """Peels one layer after the other until none is left."""
    for _ in range(_ROUNDS):
        before = text
        text = text.strip()
        if text != before:
            notes.append(BLANKS_NOTE)
        text = _unquote(text, notes)
        for pattern, note in ((_HEADER, HEADER_NOTE), (_MEMBER, MEMBER_NOTE), (_SCHEME, SCHEME_NOTE)):
            if match := pattern.match(text):
                text = text[match.end() :]
                notes.append(note)
        if text == before:
            break
    return text


def _unquote(text: str, notes: list[str]) -> str:
    bare = text.rstrip(",;")
    if len(bare) >= 2 and (bare[0] in _QUOTES or bare[-1] in _QUOTES):
        notes.append(QUOTES_NOTE)
        return bare.strip(_QUOTES)
    return text
