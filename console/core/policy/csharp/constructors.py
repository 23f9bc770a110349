"""`new T(...)` of the .NET types that policies name."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from console.core.policy.csharp import linq, lists
from console.core.policy.csharp.conversions import parse_guid, wanted_text
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_members import as_token
from console.core.policy.csharp.json_values import (
    JArray,
    JObject,
    JProperty,
    JValue,
    add,
    put,
)  # fmt: skip
from console.core.policy.csharp.octets import MAX_BYTES, hasher, wanted_bytes
from console.core.policy.csharp.patterns import regex_thing
from console.core.policy.csharp.values import (
    Boxed,
    Builder,
    Char,
    DateValue,
    Dictionary,
    EnumMember,
    Sequence,
    Thing,
    Url,
    tuple_thing,
)  # fmt: skip

# What Uri would write otherwise is left out: letter case, the port of the scheme, dots in a path, needless escapes.
_ADDRESS = re.compile(r"(https?://[a-z0-9.-]{1,300}(:\d{1,5})?)([/?][\x21-\x7e]*)?", re.ASCII)
_REWRITTEN = re.compile(
    r"^(?:https://[^/]*:443|http://[^/]*:80|https?://[^/]*:0)(?!\d)|/\.|[\\\"<>^`{|}]"
    r"|%(?:2[dDeE]|3\d|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE]|(?![0-9A-Fa-f]{2}))"
)


def new(of: str, args: list[Any], clock: Callable[[], DateValue]) -> Any:
    """`new T(args)`, without initializer."""
    args = [one.value if isinstance(one, Boxed) else one for one in args]
    made = _NEW.get(of.partition("<")[0])
    if made is None:
        raise NotKnown(f"new {of}")
    return made(args, of)


def _new_json_object(args: list[Any], _: str) -> JObject:
    made = JObject()
    for one in args:
        if not isinstance(one, JProperty):
            raise NotKnown("this form of new JObject")

        put(made, one.name, as_token(one.value))
    return made


def _new_json_array(args: list[Any], _: str) -> JArray:

    made = JArray()
    listed = args[0].items if len(args) == 1 and isinstance(args[0], Sequence | JArray) else args
    for one in listed:
        add(made, as_token(one))
    return made


def _new_property(args: list[Any], _: str) -> JProperty:
    values = [as_token(one) for one in args[1:]]
    return JProperty(wanted_text(args[0]), values[0] if len(values) == 1 else _new_json_array(values, ""))


def _new_text(args: list[Any], _: str) -> str:
    if len(args) == 2 and isinstance(args[0], Char) and isinstance(args[1], int):
        if args[1] < 0:
            raise Thrown("ArgumentOutOfRangeException")
        if args[1] > MAX_BYTES:
            raise NotKnown("a text of this length")
        return str(args[0]) * args[1]
    if len(args) == 1 and isinstance(args[0], Sequence):
        return "".join(str(one) for one in args[0].items)
    raise NotKnown("this form of new string")


def _new_list(args: list[Any], of: str) -> Sequence:
    inner = of.partition("<")[2].rstrip(">")
    copied = lists.items_of(args[0]) if args and not isinstance(args[0], int) else []
    if copied is None:
        raise NotKnown("this form of new List")
    return Sequence(list(copied), "list", inner)


def _new_set(args: list[Any], of: str) -> Sequence:
    copied = lists.items_of(args[0]) if args and not isinstance(args[0], EnumMember | int) else None
    return linq.hash_set(copied or [], args if copied is None else args[1:], of.partition("<")[2].rstrip(">"))


def _new_dictionary(args: list[Any], of: str) -> Dictionary:
    if any(not isinstance(one, EnumMember) for one in args):
        raise NotKnown("this form of new Dictionary")
    return Dictionary({}, folds=linq.ignores_case(args), values_are_objects=of.endswith(",object>"))


def _new_uri(args: list[Any], _: str) -> Url:
    text = wanted_text(args[0])
    if len(args) == 1 and ":" not in text and not text.startswith(("/", "\\")):
        raise Thrown("UriFormatException")
    found = _ADDRESS.fullmatch(text) if len(args) == 1 else None
    if found is None or _REWRITTEN.search(text):
        raise NotKnown("this form of Uri")
    rest = found[3] or ""
    return Url(found[1] + ("" if rest.startswith("/") else "/") + rest)


def _new_moment(args: list[Any], of: str) -> DateValue:

    if of == "DateTimeOffset" and len(args) == 1 and isinstance(args[0], DateValue):
        return DateValue(args[0].at, is_offset=True)
    if len(args) not in {3, 6, 7} or not all(isinstance(one, int) for one in args[:6]):
        raise NotKnown(f"this form of new {of}")
    year, month, day, hour, minute, second = [int(one) for one in (*args[:6], 0, 0, 0)][:6]
    kind = args[6].name if len(args) == 7 and isinstance(args[6], EnumMember) else ""
    if len(args) == 7 and kind not in {"Utc", "Unspecified", "Local"} and of == "DateTime":
        raise NotKnown(f"this form of new {of}")
    is_plain = of == "DateTime" and (len(args) < 7 or kind == "Unspecified")
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return DateValue(at, of == "DateTimeOffset", is_utc=kind == "Utc", is_plain=is_plain)
    except ValueError:
        raise Thrown("ArgumentOutOfRangeException") from None


def _new_hmac(how: str) -> Callable[[list[Any], str], Thing]:
    return lambda args, _: hasher(how, wanted_bytes(args[0]))


def _unseeded(args: list[Any], _: str) -> Any:
    raise NotKnown("random")


_NEW: dict[str, Callable[[list[Any], str], Any]] = {
    "JObject": _new_json_object,
    "JArray": _new_json_array,
    "JProperty": _new_property,
    "JValue": lambda args, _: JValue(args[0]),
    "string": _new_text,
    "List": _new_list,
    "Dictionary": _new_dictionary,
    "HashSet": _new_set,
    "Tuple": lambda args, _: tuple_thing(args),
    "ValueTuple": lambda args, _: tuple_thing(args),
    "StringBuilder": lambda args, _: Builder(wanted_text(args[0]) if args else ""),
    "Uri": _new_uri,
    "DateTime": _new_moment,
    "DateTimeOffset": _new_moment,
    "Random": _unseeded,
    "HMACSHA256": _new_hmac("sha256"),
    "HMACSHA1": _new_hmac("sha1"),
    "HMACSHA512": _new_hmac("sha512"),
    "Guid": lambda args, _: parse_guid(args),
    "Regex": lambda args, _: regex_thing(args),
}
