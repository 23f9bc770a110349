"""What Newtonsoft.Json does with tokens as a tree: all that is in one, two that are merged or compared."""

from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken, JValue, add, copy_of, put
from console.core.policy.csharp.lists import items_of
from console.core.policy.csharp.values import MAX_ITEMS, Sequence


def descendants(token: JToken, *, and_self: bool = False) -> Sequence:
    """Descendants(): properties and their values, arrays and their elements, as they stand in the text."""
    if isinstance(token, JValue):
        raise NotKnown("Descendants of a value")
    found: list[JToken] = [token] if and_self else []
    waiting = _below(token)[::-1]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += _below(one)[::-1]
        if len(found) > MAX_ITEMS:
            raise NotKnown("a list of this length")
    return Sequence(found, "lazy", "JToken")


def _below(token: JToken) -> list[JToken]:
    if isinstance(token, JProperty):
        return [token.value]
    return items_of(token) or []


def merge(target: JToken, args: list[Any]) -> None:
    """Merge(content) without settings: objects member by member, arrays one after the other, null changes nothing."""
    if len(args) != 1 or not isinstance(target, JObject | JArray):
        raise NotKnown("Merge with settings")
    content = args[0]
    if content is None:
        return
    if type(content) is not type(target):
        raise NotKnown("Merge of two kinds of JSON")
    _merge(target, content, 0)


def _merge(target: JToken, content: JToken, depth: int) -> None:
    if depth > 64:
        raise NotKnown("JSON nested this deeply")
    if isinstance(target, JArray) and isinstance(content, JArray):
        if len(target.items) + len(content.items) > MAX_ITEMS:
            raise NotKnown("an array of this length")
        for one in list(content.items):
            add(target, copy_of(one))
    if isinstance(target, JObject) and isinstance(content, JObject):
        for name, one in list(content.members.items()):
            own = target.members.get(name)
            if own is None or (isinstance(one, JValue) and one.value is not None):
                put(target, name, copy_of(one))
            elif type(own) is type(one) and not isinstance(one, JValue):
                _merge(own, one, depth + 1)
            elif not isinstance(one, JValue):
                put(target, name, copy_of(one))


def are_equal(args: list[Any]) -> bool:
    """JToken.DeepEquals: the order of members does not matter; a whole number is none with a point."""
    if len(args) != 2 or not all(one is None or isinstance(one, JToken) for one in args):
        raise NotKnown("this form of DeepEquals")
    return _equal(*args)


def _equal(a: Any, b: Any) -> bool:
    if a is None or b is None or type(a) is not type(b):
        return a is b
    if isinstance(a, JObject):
        same_names = a.members.keys() == b.members.keys()
        return same_names and all(_equal(one, b.members[name]) for name, one in a.members.items())
    if isinstance(a, JArray):
        return len(a.items) == len(b.items) and all(map(_equal, a.items, b.items))
    if isinstance(a, JValue):
        if a.is_date or b.is_date or {type(a.value), type(b.value)} == {int, float}:
            raise NotKnown("DeepEquals of dates, or of a whole number and another")
        return type(a.value) is type(b.value) and bool(a.value == b.value)
    raise NotKnown("DeepEquals of properties")


def parent_of(token: JToken) -> JToken | None:
    """Parent: of an element its array, of a property its object; of a member the property, which is made anew."""
    holder = token.parent
    if isinstance(holder, JObject) and not isinstance(token, JProperty):
        name = next((key for key, one in holder.members.items() if one is token), None)
        if name is None:
            raise NotKnown("Parent of JSON")
        return JProperty(name, token, parent=holder)
    return holder


def swap(token: JToken, made: JToken) -> None:
    """Replace(value): the value stands where the token stood."""
    holder = token.parent
    if isinstance(holder, JArray):
        made.parent = holder
        holder.items[:] = [made if one is token else one for one in holder.items]
    elif isinstance(holder, JObject) and not isinstance(token, JProperty):
        name = next((key for key, one in holder.members.items() if one is token), None)
        if name is None:
            raise NotKnown("Replace of JSON")
        put(holder, name, made)
    else:
        raise NotKnown("Replace of JSON")


def insert(token: JArray, args: list[Any], made: JToken) -> None:
    if not isinstance(args[0], int) or not 0 <= args[0] <= len(token.items):
        raise Thrown("ArgumentOutOfRangeException")
    if len(token.items) >= MAX_ITEMS:
        raise NotKnown("an array of this length")
    made.parent = token
    token.items.insert(args[0], made)
