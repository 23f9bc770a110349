"""Members of JSON tokens as Newtonsoft.Json gives them."""

import re
from typing import Any

from console.core.policy.csharp import json_trees
from console.core.policy.csharp.as_text import json_text
from console.core.policy.csharp.casts import json_cast, type_name
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_path import only, selected
from console.core.policy.csharp.json_values import (
    JArray,
    JObject,
    JProperty,
    JToken,
    JValue,
    add,
    copy_of,
    put,
    token_of,
    written,
)  # fmt: skip
from console.core.policy.csharp.linq import OF_TYPE, hash_set, linq, of_type
from console.core.policy.csharp.lists import items_of, property_of
from console.core.policy.csharp.operators import is_text
from console.core.policy.csharp.values import MAX_ITEMS, Boxed, Dictionary, EnumMember, Guid, Long, Out, Sequence, Thing


def as_token(value: Any) -> JToken:
    """The token that a value becomes where one is wanted (implicit conversion, FromObject)."""
    value = value.value if isinstance(value, Boxed) else value
    if isinstance(value, JToken):
        return token_of(value)
    if value is None or isinstance(value, bool | int | float):
        return JValue(value)
    if isinstance(value, str):
        return JValue(str(value))
    if isinstance(value, Guid):
        return JValue(value.text)
    if isinstance(value, Sequence):
        return token_of([_plain(one) for one in value.items])
    if isinstance(value, Dictionary):
        return token_of({str(key): _plain(one) for key, one in value.items.items()})
    if isinstance(value, Thing) and value.name == "anonymous":
        return token_of({name: _plain(make()) for name, make in value.members.items()})
    raise NotKnown("a conversion to JSON")


def _plain(value: Any) -> Any:
    return as_token(value)


def index(token: JToken, key: Any) -> Any:
    key = key.value if isinstance(key, Boxed) else key
    if isinstance(token, JObject):
        if not isinstance(key, str):
            raise Thrown("ArgumentException")
        return token.members.get(str(key))
    if isinstance(token, JArray):
        if isinstance(key, bool) or not isinstance(key, int):
            raise Thrown("ArgumentException")
        if not 0 <= key < len(token.items):
            raise Thrown("ArgumentOutOfRangeException")
        return token.items[key]
    raise Thrown("InvalidOperationException")


def put_at(token: JToken, key: Any, value: Any) -> None:
    made = as_token(value)
    if isinstance(token, JObject) and isinstance(key, str):
        put(token, str(key), made)
    elif isinstance(token, JArray) and isinstance(key, int) and not isinstance(key, bool):
        if not 0 <= key < len(token.items):
            raise Thrown("ArgumentOutOfRangeException")
        made.parent = token
        token.items[key] = made
    else:
        raise Thrown("InvalidOperationException" if isinstance(token, JValue) else "ArgumentException")


def member(token: JToken, name: str) -> Any:
    if isinstance(token, JProperty):
        if name == "Name":
            return token.name
        if name == "Value":
            return token.value
    if name == "Count" and isinstance(token, JObject | JArray):
        return len(token.members) if isinstance(token, JObject) else len(token.items)
    if name == "HasValues":
        return bool(items_of(token))
    if name == "Type":
        return EnumMember("JTokenType", _type(token))
    if name == "Value" and isinstance(token, JValue):
        return Boxed(token.value)
    if name in {"First", "Last"} and isinstance(token, JObject | JArray):
        return (items_of(token) or [None])[0 if name == "First" else -1]
    return _of_tree(token, name)


def _of_tree(token: JToken, name: str) -> Any:
    if name == "Parent":
        return json_trees.parent_of(token)
    raise NotKnown(f"{name} of JSON")


def _type(token: JToken) -> str:
    if not isinstance(token, JValue):
        return {JObject: "Object", JArray: "Array", JProperty: "Property"}[type(token)]
    if token.is_date:
        return "Date"
    kinds = {bool: "Boolean", int: "Integer", float: "Float", str: "String", type(None): "Null"}
    return kinds[type(token.value)]


def call(token: JToken, name: str, args: list[Any], type_args: list[str]) -> Any:
    if name == "ToString":
        return _text(token, args)
    if name == "Value":
        return _value(token, args, type_args[0] if type_args else "JToken")
    if name in {"ToObject", "Values"} and type_args:
        return made_object(token, type_args[0]) if name == "ToObject" else _values(token, type_args[0], args)
    if name == "DeepClone":
        return copy_of(token)
    if name in OF_TYPE and type_args and (items := items_of(token)) is not None:
        return of_type(items, name, type_args[0])
    if name in {"SelectToken", "SelectTokens"}:
        found = selected(token, _name(args[0]))
        return Sequence(found, "lazy", "JToken") if name.endswith("s") else only(found)
    return _changed_or_asked(token, name, args)


_DEFAULTS = {"bool": False, "int": 0, "long": Long(0), "double": 0.0}


def _value(token: JToken, args: list[Any], name: str) -> Any:
    """Value<T>(name): of a member that is not there the default of T, without an exception."""
    found = index(token, args[0]) if args else token
    if found is None:
        return _DEFAULTS.get(name)
    return json_cast(found, name)


def _changed_or_asked(token: JToken, name: str, args: list[Any]) -> Any:
    if name == "Remove" and not args and isinstance(token.parent, JArray):
        token.parent.items[:] = [one for one in token.parent.items if one is not token]
        return None
    if isinstance(token, JProperty) and name == "Remove":
        if isinstance(token.parent, JObject):
            token.parent.members.pop(token.name, None)
        return None
    if isinstance(token, JObject):
        made = _object_call(token, name, args)
        if made is not NotImplemented:
            return made
    if isinstance(token, JArray) and name in {"Add", "Insert", "AddFirst"}:
        _has_room(token)
        if name == "Add":
            add(token, as_token(args[0]))
        else:
            json_trees.insert(token, args if name == "Insert" else [0], as_token(args[-1]))
        return None
    return _linq(token, name, args)


def _linq(token: JToken, name: str, args: list[Any]) -> Any:
    items = items_of(token)
    if name == "Children" and items is not None and not args:
        return Sequence(items, "lazy", "JToken")
    if name in {"Descendants", "DescendantsAndSelf"} and not args:
        return json_trees.descendants(token, and_self=name.endswith("Self"))
    if name == "Merge":
        return json_trees.merge(token, args)
    if name in {"Clear", "RemoveAll"} and not args and isinstance(token, JObject | JArray):
        return token.members.clear() if isinstance(token, JObject) else token.items.clear()
    if name == "Replace":
        return json_trees.swap(token, as_token(args[0]))
    if name == "Remove" or items is None:
        raise NotKnown(f"{name} of JSON")
    try:
        return linq(items, name, args, "JToken")
    except KeyError:
        raise NotKnown(f"{name} of JSON") from None


def _has_room(token: JArray) -> None:
    if len(token.items) >= MAX_ITEMS:
        raise NotKnown("an array of this length")


def _text(token: JToken, args: list[Any]) -> str:
    if not args:
        return json_text(token)
    if isinstance(args[0], EnumMember) and args[0].of == "Formatting":
        return written(token, is_indented=args[0].name == "Indented")
    raise NotKnown("this form of ToString")


_LIST_OF = re.compile(r"(?:List|IList|IEnumerable|ICollection|HashSet)<(\w+)>|(\w+)\[\]", re.ASCII)
_DICTIONARY_OF = re.compile(r"I?Dictionary<string,(\w+)>", re.ASCII)


def made_object(token: JToken, name: str) -> Any:
    """ToObject<T>() and DeserializeObject<T>(): values, lists and dictionaries of them; other classes are not told."""
    listed, named = _LIST_OF.fullmatch(name), _DICTIONARY_OF.fullmatch(name)
    if listed is not None and isinstance(token, JArray):
        of = type_name(listed[1] or listed[2])
        kind = "array" if listed[2] else "set" if name.startswith("HashSet") else "list"
        items = [_element(one, of) for one in token.items]
        return hash_set(items, [], of) if kind == "set" else Sequence(items, kind, of)
    if named is not None and isinstance(token, JObject):
        of = type_name(named[1])
        members = {key: _element(one, of) for key, one in token.members.items()}
        return Dictionary(members, values_are_objects=of == "object")
    if not isinstance(token, JValue) and name not in {"JObject", "JArray", "JToken", "JContainer"}:
        raise NotKnown(f"JSON as {name}")
    return json_cast(token, name)


def _element(token: JToken, of: str) -> Any:
    if of != "object":
        return made_object(token, of)
    if not isinstance(token, JValue):
        return Boxed(token)
    if token.is_date:
        raise NotKnown("a date in JSON as an object")
    return Boxed(Long(token.value) if type(token.value) is int else token.value)


def _values(token: JToken, name: str, args: list[Any]) -> Sequence:
    if args or not isinstance(token, JArray):
        raise NotKnown("Evaluates of this")
    return Sequence([json_cast(one, name) for one in token.items], "lazy", name)


def _object_call(token: JObject, name: str, args: list[Any]) -> Any:
    if name in {"Property", "ContainsKey", "GetValue", "TryGetValue"}:
        return _asked(token, name, args)
    if name == "Remove":
        return token.members.pop(_name(args[0]), None) is not None
    if name == "Add":
        if len(args) == 1 and isinstance(args[0], JProperty):
            args = [args[0].name, args[0].value]
        if _name(args[0]) in token.members:
            raise Thrown("ArgumentException")
        put(token, _name(args[0]), as_token(args[1]))
        return None
    if name == "Properties":
        return Sequence([property_of(token, one) for one in token.members], "lazy", "JProperty")
    return NotImplemented


def _asked(token: JObject, name: str, args: list[Any]) -> Any:
    key = _name(args[0])
    found = token.members.get(key)
    if len(args) > 1 and isinstance(args[1], EnumMember):
        if args[1].name != "OrdinalIgnoreCase":
            raise NotKnown("this form of a comparison")
        found = found or next((one for own, one in token.members.items() if own.lower() == key.lower()), None)
    if name == "Property":
        return property_of(token, key) if found is not None else None
    if name == "TryGetValue":
        if not isinstance(args[-1], Out):
            raise NotKnown("this form of TryGetValue")
        args[-1].put(found)
    return found if name == "GetValue" else found is not None


def _name(value: Any) -> str:
    value = value.value if isinstance(value, Boxed) else value
    if value is None:
        raise Thrown("ArgumentNullException")
    if not is_text(value):
        raise NotKnown("a name that is no text")
    return str(value)
