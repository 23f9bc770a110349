"""The members of a text, and the static ones of string."""

import re
from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import MAX_TEXT
from console.core.policy.csharp.lists import items_of
from console.core.policy.csharp.operators import is_text
from console.core.policy.csharp.values import Boxed, Char, EnumMember, Sequence
from console.core.whole_number import whole_number

_FOLDING = {"OrdinalIgnoreCase": True, "Ordinal": False}
_CULTURES = {
    "InvariantCultureIgnoreCase": True, "InvariantCulture": False, "CurrentCulture": False,
    "CurrentCultureIgnoreCase": True,
}  # fmt: skip
_BLANK = re.compile(r"\s")
_PLACE = re.compile(r"\{\{|\}\}|\{(\d+)(, {0,9}-?\d+)?(:[^{}]{0,100})?\}|[{}]")


def folded(text: str, how: Any, *, by_culture: bool) -> str:
    """The text as a comparison sees it. By a culture only plain ASCII is sure."""
    name = how.name if isinstance(how, EnumMember) else ""
    ignores = _FOLDING.get(name, _CULTURES.get(name, False))
    is_cultural = name in _CULTURES or (not name and by_culture)
    if is_cultural and not (text.isascii() and text.isprintable()):
        raise NotKnown("a comparison by the gateway's culture")
    if ignores and not text.isascii():
        raise NotKnown("letter case beyond ASCII")
    return text.lower() if ignores else text


def _how(args: list[Any]) -> Any:
    if len(args) < 2:
        return None
    if isinstance(args[1], EnumMember) and args[1].of == "StringComparison":
        return args[1]
    raise NotKnown("this form of a comparison")


def _argument(value: Any) -> str:
    if value is None:
        raise Thrown("ArgumentNullException")
    if isinstance(value, str):
        return str(value)
    raise NotKnown("an argument that is no text")


def starts_with(text: str, args: list[Any]) -> bool:
    how, cultural = _how(args), not isinstance(args[0], Char)
    mine, other = folded(text, how, by_culture=cultural), folded(_argument(args[0]), how, by_culture=cultural)
    return mine.startswith(other)


def ends_with(text: str, args: list[Any]) -> bool:
    how, cultural = _how(args), not isinstance(args[0], Char)
    mine, other = folded(text, how, by_culture=cultural), folded(_argument(args[0]), how, by_culture=cultural)
    return mine.endswith(other)


def contains(text: str, args: list[Any]) -> bool:
    how = _how(args)
    return folded(_argument(args[0]), how, by_culture=False) in folded(text, how, by_culture=False)


def equals(text: str, args: list[Any]) -> bool:
    how = _how(args)
    other = args[0].value if isinstance(args[0], Boxed) else args[0]
    if not is_text(other):
        if other is None or len(args) == 1:
            return False
        raise NotKnown("this form of a comparison")
    return folded(text, how, by_culture=False) == folded(other, how, by_culture=False)


def split(text: str, args: list[Any]) -> Sequence:
    marks, options, most = _split_arguments(args)
    if most is not None:
        if options or not marks or most < 1:
            raise NotKnown("this form of Split with a number of parts")
        return Sequence(_parted(text, marks, most), "array", "string")
    parts = _parted(text, marks)
    if "RemoveEmptyEntries" in options:
        parts = [part for part in parts if part]
    if "TrimEntries" in options:
        parts = [part.strip() for part in parts]
    return Sequence(list(parts), "array", "string")


def _parted(text: str, marks: list[str], most: int | None = None) -> list[str]:
    """At any of the marks, the first that fits; at blanks where none is given. The last of `most` parts is the rest."""
    if not marks:
        return _BLANK.split(text)
    parts: list[str] = []
    start = at = 0
    while at < len(text) and (most is None or len(parts) + 1 < most):
        found = next((mark for mark in marks if text.startswith(mark, at)), None)
        if found is None:
            at += 1
            continue
        parts.append(text[start:at])
        start = at = at + len(found)
    return [*parts, text[start:]]


def _split_arguments(args: list[Any]) -> tuple[list[str], set[str], int | None]:
    marks: list[str] = []
    options: set[str] = set()
    most: int | None = None
    for one in args:
        if isinstance(one, EnumMember):
            options.update({*one.name.split("|")} - {"None"})
        elif isinstance(one, str):
            marks.append(str(one))
        elif isinstance(one, Sequence):
            marks += [_argument(item) for item in one.items]
        elif isinstance(one, int) and not isinstance(one, bool):
            most = int(one)
        elif one is not None:
            raise NotKnown("this form of Split")
    if any(len(mark) == 0 for mark in marks):
        raise NotKnown("Split at an empty text")
    if len(marks) > 20:
        raise NotKnown("Split at so many texts")
    return marks, options, most


def substring(text: str, args: list[Any]) -> str:
    start, length = _index(args[0]), _index(args[1]) if len(args) > 1 else None
    if start < 0 or start > len(text) or (length is not None and (length < 0 or start + length > len(text))):
        raise Thrown("ArgumentOutOfRangeException")
    return text[start:] if length is None else text[start : start + length]


def _index(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise NotKnown("an index that is no number")


def replace(text: str, args: list[Any]) -> str:
    old = _argument(args[0])
    if len(args) != 2 or not old:
        raise Thrown("ArgumentException") if not old else NotKnown("this form of Replace")
    new = "" if args[1] is None else _argument(args[1])
    if len(text) + text.count(old) * (len(new) - len(old)) > MAX_TEXT:
        raise NotKnown("a text of this length")
    return text.replace(old, new)


def index_of(text: str, args: list[Any], *, is_last: bool = False) -> int:
    sought = _argument(args[0])
    if len(args) > 1 and not isinstance(args[1], EnumMember):
        if is_last or len(args) > 2:
            raise NotKnown("this form of IndexOf")
        return text.find(sought, _index(args[1]))
    how = args[1] if len(args) > 1 else None
    cultural = not isinstance(args[0], Char)
    mine, other = folded(text, how, by_culture=cultural), folded(sought, how, by_culture=cultural)
    return mine.rfind(other) if is_last else mine.find(other)


def _index_of_any(text: str, args: list[Any]) -> int:
    marks = args[0].items if len(args) == 1 and isinstance(args[0], Sequence) else None
    if marks is None or not all(isinstance(mark, Char) for mark in marks):
        raise NotKnown("this form of IndexOfAny")
    return min((place for mark in set(marks) if (place := text.find(mark)) >= 0), default=-1)


def _trimmed(text: str, args: list[Any], *, left: bool, right: bool) -> str:
    marks = "".join(
        str(one) if isinstance(one, str) else "".join(map(str, one.items)) if isinstance(one, Sequence) else ""
        for one in args
    )
    chars = marks or None
    text = text.lstrip(chars) if left else text
    return text.rstrip(chars) if right else text


def _cased(text: str, change: Callable[[str], str]) -> str:
    if not text.isascii():
        made = change(text)
        if len(made) != len(text):
            raise NotKnown("letter case beyond ASCII")
        return made
    return change(text)


def _padded(text: str, args: list[Any], *, left: bool) -> str:
    width = _index(args[0])
    if width > MAX_TEXT:
        raise NotKnown("a text of this length")
    filler = str(args[1]) if len(args) > 1 else " "
    return text.rjust(width, filler) if left else text.ljust(width, filler)


def _removed(text: str, args: list[Any]) -> str:
    start = _index(args[0])
    length = _index(args[1]) if len(args) > 1 else len(text) - start
    if start < 0 or length < 0 or start + length > len(text):
        raise Thrown("ArgumentOutOfRangeException")
    return text[:start] + text[start + length :]


def _inserted(text: str, args: list[Any]) -> str:
    start = _index(args[0])
    if not 0 <= start <= len(text):
        raise Thrown("ArgumentOutOfRangeException")
    return text[:start] + _argument(args[1]) + text[start:]


# What counts in UTF-16 units: a letter beyond the first plane has two of them.
BY_UNITS = frozenset(
    {"Substring", "IndexOf", "IndexOfAny", "LastIndexOf", "Remove", "Insert", "PadLeft", "PadRight", "ToCharArray"}
)
MOST_OF_ONE_UNIT = 0xFFFF
METHODS: dict[str, Callable[[str, list[Any]], Any]] = {
    "StartsWith": starts_with,
    "EndsWith": ends_with,
    "Contains": contains,
    "Equals": equals,
    "Split": split,
    "Substring": substring,
    "Replace": replace,
    "IndexOf": index_of,
    "LastIndexOf": lambda text, args: index_of(text, args, is_last=True),
    "IndexOfAny": lambda text, args: _index_of_any(text, args),
    "Trim": lambda text, args: _trimmed(text, args, left=True, right=True),
    "TrimStart": lambda text, args: _trimmed(text, args, left=True, right=False),
    "TrimEnd": lambda text, args: _trimmed(text, args, left=False, right=True),
    "ToLower": lambda text, args: _cased(text, str.lower),
    "ToUpper": lambda text, args: _cased(text, str.upper),
    "ToLowerInvariant": lambda text, args: _cased(text, str.lower),
    "ToUpperInvariant": lambda text, args: _cased(text, str.upper),
    "PadLeft": lambda text, args: _padded(text, args, left=True),
    "PadRight": lambda text, args: _padded(text, args, left=False),
    "Remove": _removed,
    "Insert": _inserted,
    "ToString": lambda text, args: str(text),
    "ToCharArray": lambda text, args: Sequence(items_of(text) or [], "array", "char"),
}


def aligned(text: str, width: str) -> str:
    """A text with blanks before it, or behind it where the width is negative, as in `{0,-5}`."""
    blanks = whole_number(width.strip().removeprefix("-"), digits=3)
    if blanks is None or any(ord(letter) > MOST_OF_ONE_UNIT for letter in text):
        raise NotKnown("this width of a text")
    return text.ljust(blanks) if width.strip().startswith("-") else text.rjust(blanks)


def formatted(template: str, values: list[Any], shaped: Callable[[Any, str], str]) -> str:
    """string.Format; `shaped` gives a value in a format."""
    room = MAX_TEXT

    def fill(found: re.Match[str]) -> str:
        if found[0] in {"{{", "}}"}:
            return found[0][0]
        place = whole_number(found[1] or "", digits=9)
        if place is None or place >= len(values):
            raise Thrown("FormatException")
        nonlocal room
        told = shaped(values[place], found[3][1:]) if found[3] else text_of(values[place])
        told = aligned(told, found[2][1:]) if found[2] else told
        room -= len(told)
        if room < 0:
            raise NotKnown("a text of this length")
        return told

    return _PLACE.sub(fill, template)


def compared(args: list[Any]) -> int:
    """string.Compare(a, b, ignoreCase or comparison)."""
    how = args[2] if len(args) > 2 else None
    if isinstance(how, bool):
        how = EnumMember("StringComparison", "CurrentCultureIgnoreCase" if how else "CurrentCulture")
    if args[0] is None or args[1] is None:
        return (args[0] is not None) - (args[1] is not None)
    a, b = (folded(_argument(one), how, by_culture=True) for one in args[:2])
    if a == b:
        return 0
    raise NotKnown("the order of two texts")
