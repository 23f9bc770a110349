"""Strict JSON (RFC 8259) that still shows what it can: every member, every digit, and what is wrong with them.

The standard reader keeps the last duplicate silently, accepts NaN, UTF-16 and byte order marks, and has no depth limit.
"""

import json
import re
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from console.core.defect import Defect, PartName
from console.core.json.text import CONTROL, HIDDEN, SURROGATE, shorten
from console.core.json.values import Member, NumberText

MAX_DEPTH = 64
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_ESCAPED = re.compile(r"\\[ubfr]")
_SHORT_INTEGER = 15  # digits that every JSON reader keeps exactly (below 2^53)
_MACHINE_INTEGER = 18  # digits that fit 64 bits
_SAFE = 2**53
_NOT_NUMBERS = {"NaN", "Infinity", "-Infinity"}


class JsonReading(Struct, frozen=True):
    """`text` is None when the bytes are not UTF-8. `value` counts only when `is_json`: dict, list, str, int,
    NumberText, bool or None; a name that stood twice has its last value there. `repeated` are the members of the
    outermost object, in order, when a name stood twice at any depth (a nested object with duplicates is then a tuple
    of Member), else empty.
    """

    text: str | None = None
    is_json: bool = False
    value: Any = None
    repeated: tuple[Member, ...] = ()
    defects: tuple[Defect, ...] = ()


class _Repeating(dict[str, Any]):
    """An object in which a name stood twice; `pairs` has all of them."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    return value if len(value) == len(pairs) else _Repeating(pairs)


def _integer(text: str) -> int | NumberText:
    return int(text) if len(text) <= _MACHINE_INTEGER else NumberText(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=NumberText, parse_constant=NumberText
)


_USUAL_DECODER = Decoder()


def read(raw: bytes, part: PartName = PartName.TOKEN) -> JsonReading:
    """The JSON value of some bytes, with all defects. Never raises."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The {part} is not UTF-8 text (byte {error.start} of {len(raw)}), so it is shown as hex."
        return JsonReading(defects=(Defect("not-utf8", part, message),))
    return read_text(text, part)


def read_text(text: str, part: PartName = PartName.TOKEN) -> JsonReading:
    """The JSON value of a text, with all defects. Never raises."""
    usual = _usual(text)
    if usual is not _UNUSUAL:
        return JsonReading(text, True, usual)
    defects: list[Defect] = []
    body = text
    if text.startswith("\ufeff"):
        body = text[1:]
        message = f"The {part} begins with a byte order mark, which JSON on the wire must not have."
        defects.append(Defect("byte-order-mark", part, message))
    if is_too_deep(body):
        message = f"The {part} is nested too deep (limit {MAX_DEPTH} levels), so it was not read."
        return JsonReading(text, defects=(*defects, Defect("too-deep", part, message)))
    try:
        value = _DECODER.decode(body)
    except ValueError as error:
        return JsonReading(text, defects=(*defects, Defect("not-json", part, _not_json(error, body, part))))
    if _is_clean(body) and _is_plain(value):
        return JsonReading(text, True, value, (), tuple(defects))
    found = _Walk(part).defects_of(value)
    repeats = any(defect.code == "duplicate-member" for defect in found)
    last, repeated = (_last_values(value), _members(value)) if repeats else (value, ())
    return JsonReading(text, True, last, repeated, (*defects, *found))


_UNUSUAL = object()


def _usual(text: str) -> Any:
    """The value of a text in which nothing can be wrong, `_UNUSUAL` for any other: nearly all tokens are such, and a
    reader that knows neither duplicates nor digits is many times quicker. Without escapes two quotation marks are one
    string, so a string that is missing from the value was the name of a duplicate, or stood in one. Of the characters
    of ASCII that nobody sees the reader itself takes none within a string but DEL.
    """
    if not text.isascii() or "\x7f" in text or "\\" in text:
        return _UNUSUAL
    if text.count("{") + text.count("[") > MAX_DEPTH and is_too_deep(text):
        return _UNUSUAL
    try:
        value = _USUAL_DECODER.decode(text)
    except DecodeError:
        return _UNUSUAL
    return value if text.count('"') == 2 * _strings_in(value) else _UNUSUAL


def _strings_in(value: Any) -> int:
    """How many strings a value holds, names among them; below 0 when it holds an unusual number."""
    found = 0
    stack = [value]
    for item in stack:
        kind = type(item)
        if kind is str:
            found += 1
        elif kind is dict:
            found += len(item)
            stack.extend(item.values())
        elif kind is list:
            stack.extend(item)
        elif kind is float or (kind is int and not -_SAFE <= item <= _SAFE):
            return -1
    return found


def _not_json(error: ValueError, body: str, part: PartName) -> str:
    if not body.strip():
        return f"The {part} is empty, not JSON."
    at = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
    return f"The {part} is not JSON: a JSON reader stops{at}."


def is_too_deep(text: str) -> bool:
    """Counted before parsing. Brackets inside strings do not count, but few brackets need no closer look."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _is_clean(text: str) -> bool:
    """Whether no string in the text can hold a hidden, control or surrogate character; errs towards False."""
    return text.isascii() and "\x7f" not in text and ("\\" not in text or not _ESCAPED.search(text))


def _is_plain(value: Any) -> bool:
    """Whether the value holds no duplicates and no unusual numbers."""
    stack = [value]
    for item in stack:
        kind = type(item)
        if kind is str:
            continue
        if kind is dict:
            stack.extend(item.values())
        elif kind is list:
            stack.extend(item)
        elif kind is NumberText or kind is _Repeating or (kind is int and not -_SAFE <= item <= _SAFE):
            return False
    return True


def _members(value: Any) -> tuple[Member, ...]:
    if isinstance(value, _Repeating):
        return tuple(Member(name, _all_values(item)) for name, item in value.pairs)
    if isinstance(value, dict):
        return tuple(Member(name, _all_values(item)) for name, item in value.items())
    return ()


def _all_values(value: Any) -> Any:
    if isinstance(value, _Repeating):
        return tuple(Member(name, _all_values(item)) for name, item in value.pairs)
    if isinstance(value, dict):
        return {name: _all_values(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_all_values(item) for item in value]
    return value


def _last_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _last_values(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_last_values(item) for item in value]
    return value


class _Walk:
    """Goes through a value once and gathers, per defect code, where it was seen."""

    def __init__(self, part: PartName) -> None:
        self.part = part
        self.seen: dict[str, list[str]] = {}

    def defects_of(self, value: Any) -> list[Defect]:
        self._visit(value, "")
        return [self._defect(code, places) for code, places in self.seen.items()]

    def _note(self, code: str, place: str) -> None:
        self.seen.setdefault(code, []).append(place)

    def _visit(self, value: Any, path: str) -> None:
        if isinstance(value, dict):
            self._visit_object(value, path)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._visit(item, f"{path}/{index}")
        elif isinstance(value, str):
            self._visit_text(value, path)
        elif isinstance(value, NumberText):
            self._visit_number(value.text, path)
        elif type(value) is int and not -_SAFE <= value <= _SAFE:
            self._note("number-precision", path)

    def _visit_object(self, value: dict[str, Any], path: str) -> None:
        names: set[str] = set()
        for name, item in value.pairs if isinstance(value, _Repeating) else value.items():
            place = f"{path}/{name}"
            if name in names:
                self._note("duplicate-member", place)
            names.add(name)
            self._visit_text(name, place)
            self._visit(item, place)

    def _visit_text(self, text: str, path: str) -> None:
        if text.isascii() and text.isprintable():
            return
        for code, pattern in (
            ("hidden-characters", HIDDEN),
            ("control-characters", CONTROL),
            ("lone-surrogate", SURROGATE),
        ):
            if pattern.search(text):
                self._note(code, path)

    def _visit_number(self, text: str, path: str) -> None:
        if text in _NOT_NUMBERS:
            self._note("nan", path)
        elif float(text) in (float("inf"), float("-inf")):
            self._note("number-not-finite", path)
        elif sum(map(str.isdigit, text.lower().partition("e")[0])) > _SHORT_INTEGER:
            self._note("number-precision", path)

    def _defect(self, code: str, places: list[str]) -> Defect:
        shown = ", ".join(shorten(place.removeprefix("/"), 40) for place in dict.fromkeys(places[:5]))
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        text, is_severe = _WORDS[code]
        return Defect(code, self.part, text.format(place=shown + more, part=self.part.value), is_severe)


_WORDS = {
    "duplicate-member": ("The {part} has a duplicate member ({place}): parsers disagree on its value.", True),
    "hidden-characters": (
        "The {part} holds hidden characters or ones that change the reading direction in {place}.", False),
    "control-characters": ("The {part} holds control characters in {place}.", False),
    "lone-surrogate": ("The {part} holds half of a surrogate pair in {place}, which no text encoding can carry.", True),
    "nan": ("The {part} is not valid JSON: NaN or Infinity stands in {place}.", True),
    "number-not-finite": ("The number in {place} of the {part} is too large for any ordinary number type.", True),
    "number-precision": (
        "The number in {place} of the {part} has more digits than many JSON readers keep.", False),
}  # fmt: skip
