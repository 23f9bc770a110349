"""SelectToken and SelectTokens: JSONPath as Newtonsoft.Json follows it, as far as its tests are sure."""

import re
from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JToken, JValue
from console.core.policy.csharp.values import MAX_ITEMS
from console.core.whole_number import whole_number

_NAME = r"[A-Za-z0-9_$-]++"
_STEP = re.compile(
    rf"(?P<deep>\.\.)?+(?:\.?+(?P<name>{_NAME})|\.?+(?P<all>\*)|\.?+\[(?:(?P<index>\d{{1,9}})|(?P<each>\*)|'(?P<quoted>[^'\\]*+)'"
    rf"|\?\((?P<test>[^()]*+)\))\])",
    re.ASCII,
)  # fmt: skip
_TEST = re.compile(
    rf"\s*+@\.(?P<path>{_NAME}(?:\.{_NAME})*+)\s*+(?:(?P<sign>==|!=|<=|>=|<|>)\s*+(?P<value>'[^'\\]*+'|-?\d++(?:\.\d++)?+|true"
    r"|false|null)\s*+)?+",
    re.ASCII,
)  # fmt: skip
_LONGEST, _MOST_LOOKED_AT = 500, 20_000
_WORDS = {"true": True, "false": False, "null": None}


def selected(token: JToken, path: str) -> list[JToken]:
    """The tokens at a path, in their order."""
    if len(path) > _LONGEST:
        raise NotKnown("this JSON path")
    path = path.strip()
    at = 1 if path.startswith("$") else 0
    found, looked_at = [token], 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None or (step["index"] is None and at == 0 and path.startswith(".")):
            raise NotKnown("this JSON path")
        at = step.end()
        if step["deep"]:
            found = [one for holder in found for one in _all_below(holder)]
        looked_at += len(found)
        if looked_at > _MOST_LOOKED_AT or len(found) > MAX_ITEMS:
            raise NotKnown("a JSON path that meets so many tokens")
        found = [one for holder in found for one in _stepped(holder, step)]
    return found


def _stepped(token: JToken, step: re.Match[str]) -> list[JToken]:
    name = step["name"] if step["name"] is not None else step["quoted"]
    if name is not None:
        inner = token.members.get(name) if isinstance(token, JObject) else None
        return [] if inner is None else [inner]
    if step["index"] is not None:
        place = whole_number(step["index"], digits=9) or 0
        return [token.items[place]] if isinstance(token, JArray) and place < len(token.items) else []
    if step["test"] is None:
        return _children(token)
    if step["deep"] or isinstance(token, JObject):
        raise NotKnown("this JSON path")
    return [one for one in _children(token) if _passes(one, step["test"])]


def _children(token: JToken) -> list[JToken]:
    if isinstance(token, JObject):
        return list(token.members.values())
    return list(token.items) if isinstance(token, JArray) else []


def _all_below(token: JToken) -> list[JToken]:
    """The token and all that is in it, as they stand in the text."""
    found, waiting = [], [token]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += reversed(_children(one))
        if len(found) > _MOST_LOOKED_AT:
            raise NotKnown("a JSON path that meets so many tokens")
    return found


def _passes(token: JToken, test: str) -> bool:
    if "||" in test:
        return any(_passes(token, one) for one in test.split("||"))
    if "&&" in test:
        return all(_passes(token, one) for one in test.split("&&"))
    found = _TEST.fullmatch(test)
    if found is None:
        raise NotKnown("this JSON path")
    inner: JToken | None = token
    for name in found["path"].split("."):
        inner = inner.members.get(name) if isinstance(inner, JObject) else None
    if inner is None or found["sign"] is None:
        return inner is not None
    return _holds(inner, found["sign"], found["value"])


def _holds(token: JToken, sign: str, written: str) -> bool:
    """Values of the same kind are compared; the library also converts, and compares dates, which is left."""
    if written in _WORDS:
        wanted: Any = _WORDS[written]
    else:
        wanted = written[1:-1] if written.startswith("'") else float(written)
    if not isinstance(token, JValue) or token.is_date:
        raise NotKnown("this test in a JSON path")
    value = float(token.value) if type(token.value) is int else token.value
    if type(value) is not type(wanted) and None not in (value, wanted):
        raise NotKnown("this test in a JSON path")
    if sign in {"==", "!="}:
        return (value == wanted) is (sign == "==")
    if not isinstance(value, float) or not isinstance(wanted, float):
        raise NotKnown("this test in a JSON path")
    return bool({"<": value < wanted, ">": value > wanted, "<=": value <= wanted, ">=": value >= wanted}[sign])


def only(found: list[JToken]) -> JToken | None:
    """What SelectToken gives: one token or none."""
    if len(found) > 1:
        raise Thrown("JsonException")
    return found[0] if found else None
