"""JSON as Newtonsoft.Json takes it, which is more than RFC 8259 allows.

Microsoft Learn, "Migrate from Newtonsoft.Json to System.Text.Json": texts in single quotation marks, names without any,
comments, trailing commas and control characters within texts are taken. What it makes of other liberties (numbers with
a leading zero, constructors, `undefined`) is not told here.
"""

import json
import re
from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown

MOST_NESTED = 64  # newer versions refuse more, older ones take it
_BLANK = re.compile(r"(?:[ \t\r\n\f\v\x85\xa0]|//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_PLAIN = {quote: re.compile(rf"[^{quote}\\]*+") for quote in "\"'"}
_NAME = re.compile(r"[A-Za-z0-9_$]++", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?+([eE][+-]?[0-9]++)?+(?![0-9A-Za-z.+_$-])", re.ASCII)
_WORD = re.compile(r"(?:true|false|null)(?![A-Za-z0-9_$])", re.ASCII)
_OTHER_WORD = re.compile("undefined|NaN|Infinity|new")
_UNIT = re.compile(r"[0-9A-Fa-f]{4}", re.ASCII)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "'": "'", "/": "/", "\\": "\\"}
_WORDS = {"true": True, "false": False, "null": None}
_MOST_DIGITS = 300


def json_value(text: str) -> Any:
    """Python's values of a JSON text; Thrown where the library refuses it, NotKnown where that is not sure."""
    try:
        found = json.loads(text, parse_constant=_constant, parse_int=_whole)
    except RecursionError:
        raise NotKnown("JSON nested this deeply") from None
    except ValueError:
        return _Reader(text).all()
    return found


def is_blank(text: str) -> bool:
    """Whether there is no token in a text."""
    found = _BLANK.match(text)
    return found is not None and found.end() == len(text)


def _constant(name: str) -> Any:
    raise NotKnown(f"the number {name}")


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise NotKnown("a number of so many digits")
    return int(digits)


def _refused() -> Thrown:
    return Thrown("JsonReaderException")


class _Reader:
    """One text, read once from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def all(self) -> Any:
        self._skip()
        found = self._value(0)
        self._skip()
        if self._at < len(self._text):
            raise _refused()
        return found

    def _skip(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found is not None else self._at
        if self._text.startswith("/", self._at) or not self._here().isascii():
            raise NotKnown("JSON written loosely")  # a comment that never ends, a blank of another kind

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _value(self, depth: int) -> Any:
        if depth > MOST_NESTED:
            raise NotKnown("JSON nested this deeply")
        here = self._here()
        if here in {'"', "'"}:
            return self._quoted(here)
        if here in {"{", "["}:
            self._at += 1
            return self._object(depth) if here == "{" else self._array(depth)
        if found := _WORD.match(self._text, self._at):
            self._at = found.end()
            return _WORDS[found[0]]
        if found := _NUMBER.match(self._text, self._at):
            self._at = found.end()
            return float(found[0]) if found[1] or found[2] else _whole(found[0])
        if here and (here.isdigit() or here in "-.,)" or _OTHER_WORD.match(self._text, self._at)):
            raise NotKnown("JSON written loosely")
        raise _refused()

    def _object(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while True:
            self._skip()
            if self._here() == "}":
                self._at += 1
                return made
            name = self._name()
            self._skip()
            if self._here() != ":":
                raise _refused()
            self._at += 1
            self._skip()
            made[name] = self._value(depth + 1)
            self._parted("}")

    def _name(self) -> str:
        here = self._here()
        if here in {'"', "'"}:
            return self._quoted(here)
        found = _NAME.match(self._text, self._at)
        if found is None:
            raise _refused()
        self._at = found.end()
        if not (self._here() == ":" or self._here().isspace()):
            raise NotKnown("JSON written loosely")
        return found[0]

    def _array(self, depth: int) -> list[Any]:
        made: list[Any] = []
        while True:
            self._skip()
            if self._here() == "]":
                self._at += 1
                return made
            made.append(self._value(depth + 1))
            self._parted("]")

    def _parted(self, end: str) -> None:
        """A comma, or the end without one."""
        self._skip()
        if self._here() == ",":
            self._at += 1
        elif self._here() != end:
            raise _refused()

    def _quoted(self, quote: str) -> str:
        parts: list[str] = []
        at = self._at + 1
        while True:
            found = _PLAIN[quote].match(self._text, at)
            parts.append(found[0] if found is not None else "")
            at += len(parts[-1])
            mark = self._text[at : at + 1]
            if not mark:
                raise _refused()
            if mark == quote:
                self._at = at + 1
                return "".join(parts)
            at = self._escaped(at + 1, parts)

    def _escaped(self, at: int, parts: list[str]) -> int:
        sign = self._text[at : at + 1]
        if sign in _ESCAPES:
            parts.append(_ESCAPES[sign])
            return at + 1
        unit = _UNIT.match(self._text, at + 1)
        if sign != "u" or unit is None:
            raise _refused()
        if 0xD800 <= int(unit[0], 16) < 0xE000:
            raise NotKnown("JSON written loosely")
        parts.append(chr(int(unit[0], 16)))
        return at + 5
