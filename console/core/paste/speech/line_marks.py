"""A token that stands cut over lines, each with something in front: a number, a prompt, a mark of quoting or a comment.

Editors, terminals, `cat -n`, `grep -n` and diffs put it there. Only a token is put together: pieces of one width, of
which the last may be shorter, with nothing in them but what a token is made of.
"""

import re
from dataclasses import dataclass

from console.core.tokens.cleaning import is_legal

_START = "eyJ"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]{0,12}(?:Z|[+-]\d\d:?\d\d)?[ \t]{1,12}")
# A number with what stands around it: "12: ", "  12  ", "[12] ", "L12: ", "token.txt:12:".
_NUMBER = re.compile(
    r"[ \t]{0,12}(?:[\w./-]{1,80}:(?=\d{1,5}:))?[\[(]?(?:L|line )?(\d{1,5})"
    r"(?:[\])]?[:.)|│]?[ \t]{1,12}|[:|│][ \t]{0,12})(?:[|│][ \t]{0,4})?",
    re.IGNORECASE,
)
# A sign that no token holds may touch it; dots and a dash may not.
_SIGN = re.compile(r"[ \t]{0,12}(?:(?:>{1,3}|//|[|│┃#*+•$%;])[ \t]{0,12}|(?:\.\.\.|--?)[ \t]{1,12})")
_BEHIND = " \t│┃|\\"
_COUNTED, _STAMPED = "number", "moment"
_MOST_HEAD = 200  # characters of a line before its token
_LEAST = 16  # characters of a piece
_DOTS = (2, 4)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a line holds of a token, and what stands before it: its sign, what kind of number, "" for nothing."""

    text: str
    mark: str = ""
    number: int = 0


def without_line_marks(text: str) -> str:
    """The text with each token that was cut over marked lines on one line; never raises."""
    if _START not in text or "\n" not in text:
        return text
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        whole, count = _put_together(lines, at)
        kept.append(whole)
        at += count
    return "\n".join(kept)


def _put_together(lines: list[str], at: int) -> tuple[str, int]:
    """(the line, 1), or the token that begins in it as one line with the number of lines it took."""
    line = lines[at]
    start = line.find(_START, 0, _MOST_HEAD)
    first = line[start:].rstrip(_BEHIND) if start >= 0 else ""
    if len(first) < _LEAST or not is_legal(first):
        return line, 1
    own = _piece(line[:start], is_head=True)
    pieces = _behind(lines, at, own, first)
    whole = first + "".join(piece.text for piece in pieces)
    # A text that is nothing else is left alone: taking white space out is said there.
    is_alone = len(lines) == len(pieces) + 1 and not any(piece.mark for piece in (own, *pieces[:1]))
    is_token = bool(pieces) and whole.count(".") in _DOTS and _is_cut(first, pieces)
    return (own.text + whole, len(pieces) + 1) if is_token and not is_alone else (line, 1)


def _is_cut(first: str, pieces: list[_Piece]) -> bool:
    """Whether the first line ends in the middle: one with all three parts has lines as wide as itself behind it."""
    is_even = len(pieces) > 1 and len(first) == len(pieces[0].text)
    return is_even or first.count(".") < _DOTS[0]


def _behind(lines: list[str], at: int, own: _Piece, first: str) -> list[_Piece]:
    """The pieces in the lines behind the first: alike in their marks, counted on, and as wide, but for the last."""
    pieces: list[_Piece] = []
    before, dots, is_part_over = own, first.count("."), first.endswith(".")
    for line in lines[at + 1 :]:
        piece = _piece(line)
        dots += piece.text.count(".")
        is_other = piece.text.startswith(_START) and not is_part_over
        if not piece.text or not is_legal(piece.text) or is_other or dots > _DOTS[1] or not _follows(before, piece):
            break
        if pieces and (piece.mark != pieces[0].mark or len(piece.text) > len(pieces[0].text)):
            break
        pieces.append(piece)
        before, is_part_over = piece, piece.text.endswith(".")
        if len(piece.text) < len(pieces[0].text):
            break
    return pieces


def _follows(before: _Piece, piece: _Piece) -> bool:
    return piece.mark != _COUNTED or before.mark != _COUNTED or piece.number == before.number + 1


def _piece(line: str, *, is_head: bool = False) -> _Piece:
    """What stands behind the mark of a line; of the head of the first line, also a label: "Authorization: Bearer "."""
    stamp, number, sign = _STAMP.match(line), _NUMBER.match(line), _SIGN.match(line)
    found = stamp or number or sign
    rest = line[found.end() :] if found else line
    text = rest if is_head else rest.strip(_BEHIND)
    if stamp or not found:
        return _Piece(text, _STAMPED if stamp else "")
    return _Piece(text, _COUNTED, int(number[1])) if number else _Piece(text, found[0].strip())
