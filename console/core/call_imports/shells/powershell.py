"""Commands of other programs in PowerShell: its quotation marks, backticks and variables."""

import re
from collections.abc import Iterator

from console.core.call_imports.variables import placeholder
from console.core.json.halves import whole_characters

LONGEST = 500_000  # characters
_SINGLE, _DOUBLE = "'\u2018\u2019\u201a\u201b", '"\u201c\u201d\u201e'
_BLANKS, _ENDS = " \t", "\n;|&)"
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_VARIABLE = re.compile(r"\$(?:\{(?:env:)?([^{}\n]{1,80})\}|(?:env:)?([A-Za-z_][A-Za-z0-9_]{0,80}))", re.IGNORECASE)
_CHARACTER = re.compile(r"\$\(\[char\]0x([0-9A-Fa-f]{1,4})\)")
_PROMPT = re.compile(r"PS [^>\n]{0,260}> ?")
_CONTINUED = re.compile(r"`\r?\n")


def commands(text: str, names: frozenset[str]) -> Iterator[list[str]]:
    """The arguments of each command of these names; a variable that is set elsewhere stands as its placeholder."""
    for words in _statements(text[:LONGEST].replace("\r\n", "\n")):
        at = next((at for at, word in enumerate(words[:6]) if word.lower().lstrip("($&") in names), None)
        if at is not None:
            yield words[at + 1 :]


def _statements(text: str) -> Iterator[list[str]]:
    words: list[str] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter in _BLANKS:
            at += 1
        elif found := _CONTINUED.match(text, at):
            at = found.end()
        elif letter == "#":
            at = _end_of_line(text, at)
        elif letter in _ENDS:
            yield words
            words, at = [], at + 1
        elif not words and (prompt := _PROMPT.match(text, at)):
            at = prompt.end()
        else:
            word, at = _word(text, at)
            words.append(word)
    yield words


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _word(text: str, at: int) -> tuple[str, int]:
    """One word that begins at an offset, and where it ends."""
    pieces: list[str] = []
    while at < len(text) and text[at] not in _BLANKS and text[at] not in _ENDS:
        letter = text[at]
        if letter in _SINGLE:
            piece, at = _single(text, at + 1)
        elif letter in _DOUBLE:
            piece, at = _double(text, at + 1)
        elif _CONTINUED.match(text, at):
            break
        else:
            piece, at = _one(text, at)
        pieces.append(piece)
    return whole_characters("".join(pieces)), at


def _single(text: str, at: int) -> tuple[str, int]:
    """Between single quotation marks two of them are one."""
    pieces: list[str] = []
    while at < len(text):
        letter = text[at]
        if letter in _SINGLE:
            if text[at + 1 : at + 2] == "" or text[at + 1] not in _SINGLE:
                return "".join(pieces), at + 1
            at += 1
        pieces.append(letter)
        at += 1
    return "".join(pieces), at


def _double(text: str, at: int) -> tuple[str, int]:
    pieces: list[str] = []
    while at < len(text):
        letter = text[at]
        if letter in _DOUBLE:
            if text[at + 1 : at + 2] == "" or text[at + 1] not in _DOUBLE:
                return "".join(pieces), at + 1
            piece, at = letter, at + 2
        else:
            piece, at = _one(text, at)
        pieces.append(piece)
    return "".join(pieces), at


def _one(text: str, at: int) -> tuple[str, int]:
    """A character, what a backtick makes of the next one, or a variable."""
    letter = text[at]
    if letter == "`" and at + 1 < len(text):
        return _ESCAPES.get(text[at + 1], text[at + 1]), at + 2
    if letter == "$":
        if found := _CHARACTER.match(text, at):
            return chr(int(found[1], 16)), found.end()
        if found := _VARIABLE.match(text, at):
            return placeholder(found[1] or found[2]), found.end()
    return letter, at + 1
