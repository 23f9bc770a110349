"""Parse, TryParse and Convert."""

import re
from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.casts import converted, parsed_number
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import (
    JToken,
)  # fmt: skip
from console.core.policy.csharp.values import (
    Char,
    EnumMember,
    Guid,
    Out,
)  # fmt: skip

_OTHER_GUID = re.compile(r"[0-9a-fA-F]{32}|\(.*\)|\{0x.*")
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?")


def parse_bool(args: list[Any]) -> bool:
    if args[0] is None:
        raise Thrown("ArgumentNullException")
    word = str(args[0]).strip().lower()
    if word not in {"true", "false"}:
        raise Thrown("FormatException")
    return word == "true"


def try_parse(parse: Callable[[list[Any]], Any], default: Any) -> Callable[[list[Any]], bool]:
    def tried(args: list[Any]) -> bool:
        if not isinstance(args[-1], Out) or len(args) < 2:
            raise NotKnown("this form of TryParse")
        try:
            args[-1].put(parse(args[:-1]))
        except Thrown:
            args[-1].put(default)
            return False
        return True

    return tried


def number_parser(name: str) -> Callable[[list[Any]], Any]:
    def parse(args: list[Any]) -> Any:
        if args[0] is None:
            raise Thrown("ArgumentNullException")
        _must_be_usual(args[1:])
        return parsed_number(wanted_text(args[0]), name)

    return parse


_USUAL = frozenset({"Integer", "InvariantCulture"})


def _must_be_usual(more: list[Any]) -> None:
    """Styles and cultures beside the text: those that change nothing, or nothing that is told."""
    for one in more:
        if one is not None and not (isinstance(one, EnumMember) and one.name in _USUAL):
            raise NotKnown("a style of numbers, or a culture")


def wanted_text(value: Any) -> str:
    if value is None:
        raise Thrown("ArgumentNullException")
    if not isinstance(value, str):
        raise NotKnown("an argument that is no text")
    return str(value)


def number_converter(name: str) -> Callable[[list[Any]], Any]:
    def convert(args: list[Any]) -> Any:
        value = args[0]
        if len(args) > 1:
            raise NotKnown("this form of Convert")
        if value is None:
            return converted(0, name)
        if isinstance(value, bool):
            return converted(int(value), name)
        if isinstance(value, str) and not isinstance(value, Char):
            return parsed_number(value, name)
        if isinstance(value, float) and value != int(value) and name != "double":
            return converted(round(value), name)  # to the even one of two that are as near, as .NET does
        if isinstance(value, JToken):
            raise NotKnown("Convert of JSON")
        return converted(value, name)

    return convert


def to_bool(args: list[Any]) -> bool:
    value = args[0]
    if value is None:
        return False
    if isinstance(value, str):
        return parse_bool([value])
    if isinstance(value, int | float):
        return bool(value)
    raise NotKnown("Convert.ToBoolean of this")


def parse_guid(args: list[Any]) -> Guid:
    text = wanted_text(args[0]).strip()
    if not _GUID.fullmatch(text):
        raise (Thrown("FormatException") if not _OTHER_GUID.fullmatch(text) else NotKnown("this Guid"))
    return Guid(text.strip("{}").lower())
