"""JSON as Newtonsoft.Json holds it: tokens that can be changed, written as it writes them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_reader import MOST_NESTED, json_value
from console.core.policy.csharp.number_text import json_number

MAX_TEXT = 1_000_000
MAX_PARTS = 50_000  # of one JSON text
_SAME_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")  # is written as it came
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?|/Date\(.*\)/\Z", re.DOTALL)
_LONE = re.compile(r"[\ud800-\udfff]")
_ESCAPED = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(slots=True, eq=False)
class JToken:
    """What all tokens have: the property, object or array that holds it."""

    parent: "JToken | None" = field(default=None, kw_only=True)


@dataclass(slots=True, eq=False)
class JValue(JToken):
    """A text, number, bool or null. A text that looks like a date is one to the library: `is_date`."""

    value: Any = None
    is_date: bool = False


@dataclass(slots=True, eq=False)
class JObject(JToken):
    members: dict[str, JToken] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class JArray(JToken):
    items: list[JToken] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class JProperty(JToken):
    name: str = ""
    value: JToken = field(default_factory=JValue)


def parse_token(text: str) -> JToken:
    """The token in a text; raises Thrown as the library does for what is no JSON to it."""
    if len(text) > MAX_TEXT or sum(map(text.count, "[{,")) > MAX_PARTS:
        raise NotKnown("JSON of this length")
    return token_of(json_value(text), from_text=True)


def token_of(value: Any, *, from_text: bool = False, depth: int = 0) -> JToken:
    """A new token for plain values; a token that stands somewhere already is copied, as the library does."""
    if depth > MOST_NESTED:
        raise NotKnown("JSON nested this deeply")
    if isinstance(value, JToken):
        return copy_of(value) if value.parent is not None else value
    if isinstance(value, dict):
        made = JObject()
        for name, one in value.items():
            put(made, name, token_of(one, from_text=from_text, depth=depth + 1))
        return made
    if isinstance(value, list):
        items = JArray()
        for one in value:
            add(items, token_of(one, from_text=from_text, depth=depth + 1))
        return items
    if isinstance(value, str) and _LONE.search(value):
        raise NotKnown("half a letter in JSON")
    is_date = from_text and isinstance(value, str) and bool(_DATE.match(value))
    return JValue(value, is_date)


def put(target: JObject, name: str, token: JToken) -> None:
    token.parent = target
    target.members[name] = token


def add(target: JArray, token: JToken) -> None:
    token.parent = target
    target.items.append(token)


def copy_of(token: JToken) -> JToken:
    if isinstance(token, JObject):
        made = JObject()
        for name, one in token.members.items():
            put(made, name, copy_of(one))
        return made
    if isinstance(token, JArray):
        items = JArray()
        for one in token.items:
            add(items, copy_of(one))
        return items
    if isinstance(token, JProperty):
        return JProperty(token.name, copy_of(token.value))
    return JValue(getattr(token, "value", None), getattr(token, "is_date", False))


def plain(token: JToken | None) -> Any:
    """dict, list, text, number, bool or None."""
    if token is None:
        return None
    if isinstance(token, JObject):
        return {name: plain(one) for name, one in token.members.items()}
    if isinstance(token, JArray):
        return [plain(one) for one in token.items]
    if isinstance(token, JProperty):
        return {token.name: plain(token.value)}
    return getattr(token, "value", None)


def _is_rewritten(token: JToken) -> bool:
    if isinstance(token, JObject):
        return any(map(_is_rewritten, token.members.values()))
    if isinstance(token, JArray):
        return any(map(_is_rewritten, token.items))
    if isinstance(token, JProperty):
        return _is_rewritten(token.value)
    return isinstance(token, JValue) and token.is_date and not _SAME_DATE.fullmatch(str(token.value))


def written(token: JToken, *, is_indented: bool) -> str:
    """The JSON text of a token. NotKnown for a date that the library would write otherwise than it came: it drops
    zeros behind the second, and turns offsets into the time of the gateway's place.
    """
    if _is_rewritten(token):
        raise NotKnown("a date in JSON as text")
    if isinstance(token, JProperty):
        colon = ": " if is_indented else ":"
        return _plain_text(token.name) + colon + written(token.value, is_indented=is_indented)
    return "".join(_parts(plain(token), 0 if is_indented else None))


def _parts(value: Any, level: int | None) -> Iterator[str]:
    """The pieces of a JSON text; on lines of their own from this level on, or on one."""
    if not isinstance(value, dict | list) or not value:
        yield _plain_text(value)
        return
    inner = None if level is None else level + 1
    begin, end = "{}" if isinstance(value, dict) else "[]"
    yield begin
    for place, one in enumerate(value):
        yield ("," if place else "") + _line(inner)
        if isinstance(value, dict):
            yield _plain_text(one) + (":" if level is None else ": ")
        yield from _parts(value[one] if isinstance(value, dict) else one, inner)
    yield _line(level) + end


def _line(level: int | None) -> str:
    return "" if level is None else "\n" + "  " * level


def _plain_text(value: Any) -> str:
    if isinstance(value, float):
        return json_number(value)
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
