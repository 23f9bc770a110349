"""Static methods of string, char, Uri, JSON and ranges."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from console.core.policy.csharp import lists, texts
from console.core.policy.csharp.as_text import bounded_join, text_of
from console.core.policy.csharp.conversions import wanted_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.formats import shaped
from console.core.policy.csharp.json_members import as_token
from console.core.policy.csharp.json_values import (
    JToken,
    parse_token,
    written,
)  # fmt: skip
from console.core.policy.csharp.octets import decode
from console.core.policy.csharp.values import (
    Char,
    EnumMember,
    Sequence,
    Span,
    Unknowable,
)  # fmt: skip


def escaped(args: list[Any]) -> str:
    return quote(wanted_text(args[0]), safe="-_.~")


def unescaped(args: list[Any]) -> str:
    return decode("UTF8", bytearray(unquote_to_bytes(wanted_text(args[0]))))


def parsed_as(kind: type[JToken]) -> Callable[[list[Any]], JToken]:
    def parse(args: list[Any]) -> JToken:
        token = parse_token(wanted_text(args[0]))
        if not isinstance(token, kind):
            raise Thrown("JsonReaderException")
        return token

    return parse


def serialised(args: list[Any]) -> str:
    indented = any(isinstance(one, EnumMember) and one.name == "Indented" for one in args[1:])
    return written(as_token(args[0]), is_indented=indented)


def new_guid(args: list[Any]) -> Unknowable:
    return Unknowable("random")


def span(unit: str) -> Callable[[list[Any]], Span]:

    return lambda args: Span(timedelta(**{unit: args[0]}))


def concat(args: list[Any]) -> str:
    if len(args) == 1 and isinstance(args[0], Sequence):
        args = args[0].items
    return bounded_join("", args)


def format(args: list[Any]) -> str:
    if args and isinstance(args[0], EnumMember):
        args = args[1:]
    values = args[1].items if len(args) == 2 and isinstance(args[1], Sequence) else args[1:]
    return texts.formatted(wanted_text(args[0]), values, shaped)


def join(args: list[Any]) -> str:
    if len(args) == 2 and not isinstance(args[1], str):
        return lists.joined(args[0], args[1])
    return bounded_join(text_of(args[0]), args[1:])


def char(test: Callable[[str], bool]) -> Callable[[list[Any]], bool]:
    def ask(args: list[Any]) -> bool:
        one = str(args[0])
        if len(args) != 1 or not one.isascii():
            raise NotKnown("a kind of letter beyond ASCII")
        return test(one)

    return ask


def changed_letter(change: Callable[[str], str]) -> Callable[[list[Any]], Char]:
    """char.ToUpper and its like."""

    def changed(args: list[Any]) -> Char:
        if not isinstance(args[0], Char) or not args[0].isascii() or len(args) > 1:
            raise NotKnown("a kind of letter beyond ASCII")
        return Char(change(str(args[0])))

    return changed


def numbers(start: int, count: int) -> list[Any]:
    """Enumerable.Range."""
    if count < 0:
        raise Thrown("ArgumentOutOfRangeException")
    if count > 10_000:
        raise NotKnown("a range of this length")
    return list(range(start, start + count))


def of_text(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and not isinstance(value, Char)):
        return value
    raise NotKnown("a text test of something else")
