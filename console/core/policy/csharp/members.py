"""What can be asked of a value: members, methods and elements, by its kind."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp import (
    dictionaries,
    json_members,
    jwts,
    linq,
    list_methods,
    lists,
    operators,
    text_builder,
    texts,
    times,
    xml_members,
)
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.formats import formatted
from console.core.policy.csharp.gateway_members import thing_call, thing_member, url_call, url_member, variable
from console.core.policy.csharp.json_values import JObject, JToken, put
from console.core.policy.csharp.values import (
    Boxed,
    Builder,
    Char,
    DateValue,
    Dictionary,
    Dynamic,
    EnumMember,
    Grouping,
    Guid,
    Out,
    Sequence,
    Span,
    Thing,
    Unknowable,
    Url,
)  # fmt: skip

_VALUE_TYPES = (bool, int, float, DateValue, Span, Guid)
_OF_OBJECT = frozenset({"ToString", "Equals", "GetType", "GetHashCode"})


def member(value: Any, name: str) -> Any:
    if isinstance(value, Boxed):
        raise NotKnown(f"{name} of an object that was not cast")
    if name == "HasValue":  # of a T? alone
        return value is not None
    if value is None:
        raise Thrown("NullReferenceException")
    if name == "Value" and isinstance(value, _VALUE_TYPES):
        return value  # of a T? as well: of none of them itself is there a Value
    if isinstance(value, Dynamic):
        return _dynamic_member(value.value, name)
    for kind, ask in _MEMBERS:
        if isinstance(value, kind):
            return ask(value, name)
    raise NotKnown(f"{name} of {type(value).__name__}")


def _dynamic_member(value: Any, name: str) -> Any:
    if not isinstance(value, JObject):
        raise NotKnown(f"{name} of a dynamic value")
    inner = value.members.get(name)
    return None if inner is None else Dynamic(inner)


def _text_member(value: str, name: str) -> Any:
    if name == "Length" and not isinstance(value, Char):
        return len(value.encode("utf-16-le")) // 2
    raise NotKnown(f"{name} of a text")


def _sized(value: Any, name: str) -> Any:
    if isinstance(value, Dictionary) and value.is_partial:
        raise NotKnown(f"all {value.part}")
    if isinstance(value, Grouping) and name == "Key":
        return value.key
    items = value if isinstance(value, bytes | bytearray) else value.items
    if name in {"Length", "Count", "LongLength"}:
        return len(items)
    if isinstance(value, Dictionary) and name in {"Keys", "Values"}:
        listed = list(value.items) if name == "Keys" else [_boxed(value, one) for one in value.items.values()]
        return Sequence(listed, "lazy", "string" if name == "Keys" else "")
    raise NotKnown(f"{name} of a sequence")


def _boxed(holder: Dictionary, value: Any) -> Any:
    return Boxed(value) if holder.values_are_objects else value


_MEMBERS: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
    (str, _text_member),
    ((Sequence, Dictionary, bytes, bytearray), _sized),
    (JToken, json_members.member),
    (Thing, thing_member),
    (xml_members.XML, xml_members.member),
    (Url, url_member),
    ((DateValue, Span), times.member),
    (Builder, text_builder.member),
)


def call(value: Any, name: str, args: list[Any], type_args: list[str], names: list[str]) -> Any:
    """A method of a value; `names` are those of named arguments, "" for the others."""
    if isinstance(value, Boxed):
        if name not in _OF_OBJECT:
            raise NotKnown(f"{name} of an object that was not cast")
        value = value.value
    if name in _CREDENTIALS and (value is None or isinstance(value, str)):
        return _credential(value, name, args)
    if isinstance(value, Unknowable):
        if name == "ToString":
            return value
        raise NotKnown(value.part)
    if value is None and name == "GetValueOrDefault":
        raise NotKnown("the default of a T? or a dictionary that is null")
    if value is None:
        is_extension = name in linq.EXTENSIONS  # a static method, whose first argument is null
        raise Thrown("ArgumentNullException" if is_extension else "NullReferenceException")
    if isinstance(value, Dynamic) and name == "ToString":
        value = value.value
    if name in {"GetType", "GetHashCode"}:
        raise NotKnown(f"{name}()")
    return _called(value, name, args, type_args, names)


_CREDENTIALS = {
    "AsJwt": jwts.jwt_of, "TryParseJwt": jwts.jwt_of,
    "AsBasic": jwts.basic_of, "TryParseBasic": jwts.basic_of,
}  # fmt: skip


def _credential(value: Any, name: str, args: list[Any]) -> Any:
    found = _CREDENTIALS[name](value)
    if name.startswith("As") and not args:
        return found
    if len(args) != 1 or not isinstance(args[0], Out):
        raise NotKnown(f"this form of {name}")
    args[0].put(found)
    return found is not None


def _called(value: Any, name: str, args: list[Any], type_args: list[str], names: list[str]) -> Any:
    if isinstance(value, Thing):
        return thing_call(value, name, args, type_args, names)
    if any(names) and not isinstance(value, Dictionary):
        raise NotKnown("named arguments here")
    if isinstance(value, Char):
        return _char_call(value, name)
    if isinstance(value, str):
        return _text_call(value, name, args)
    for kind, ask in _HOLDERS:
        if isinstance(value, kind):
            return ask(value, name, args, type_args)
    if isinstance(value, Url) and name == "ToUri" and not args:
        return url_call(value, name)
    if isinstance(value, DateValue | Span) and name != "Equals":
        return times.call(value, name, args) if args or name != "ToString" else text_of(value)
    return _simple_call(value, name, args)


def _text_call(value: str, name: str, args: list[Any]) -> Any:
    found = texts.METHODS.get(name)
    if found is not None:
        if name in texts.BY_UNITS and any(ord(letter) > texts.MOST_OF_ONE_UNIT for letter in value):
            raise NotKnown("a letter of two units")
        return found(str(value), args)
    items = lists.items_of(value)
    try:
        return linq.linq(items or [], name, args, "char")
    except KeyError:
        raise NotKnown(f"{name} of a text") from None


def _char_call(value: Char, name: str) -> Any:
    if name == "ToString":
        return str(value)
    raise NotKnown(f"{name} of a char")


def _dictionary_call(value: Dictionary, name: str, args: list[Any], type_args: list[str]) -> Any:
    if value.values_are_objects and name == "GetValueOrDefault":
        return variable(value, args, type_args)
    if not value.values_are_objects and not value.values_are_lists and name == "GetValueOrDefault":
        is_there, found = dictionaries.found_in(value, args[0])
        return found if is_there else (args[1] if len(args) > 1 else None)
    return dictionaries.dictionary_call(value, name, args, type_args)


def _simple_call(value: Any, name: str, args: list[Any]) -> Any:
    if name == "Equals" and len(args) == 1:
        other = args[0].value if isinstance(args[0], Boxed) else args[0]
        return type(other) is type(value) and operators.equal(value, other)
    if name == "ToString":
        return formatted(value, args)
    if name == "CompareTo" and isinstance(value, int) and isinstance(args[0], int):
        return (value > args[0]) - (value < args[0])
    if isinstance(value, bytes | bytearray):
        try:
            return linq.linq(lists.items_of(value) or [], name, args, "byte")
        except KeyError:
            raise NotKnown(f"{name} of bytes") from None
    if isinstance(value, Builder):
        return text_builder.call(value, name, args)
    if name == "HasFlag" and isinstance(value, EnumMember):
        raise NotKnown("HasFlag")
    raise NotKnown(f"{name} of {type(value).__name__}")


_HOLDERS: tuple[tuple[Any, Callable[[Any, str, list[Any], list[str]], Any]], ...] = (
    (Dictionary, _dictionary_call),
    (Sequence, list_methods.call),
    (JToken, json_members.call),
    (xml_members.XML, xml_members.call),
)


def index(value: Any, key: Any) -> Any:
    if isinstance(value, Boxed):
        raise NotKnown("an index of an object that was not cast")
    if value is None:
        raise Thrown("NullReferenceException")
    key = key.value if isinstance(key, Boxed) else key
    for kind, ask in _INDEXED:
        if isinstance(value, kind):
            return ask(value, key)
    raise NotKnown(f"an index of {type(value).__name__}")


def _dynamic_index(value: Dynamic, key: Any) -> Any:
    inner = json_members.index(value.value, key)
    return None if inner is None else Dynamic(inner)


def _letter(value: str, key: Any) -> Char:
    if isinstance(value, Char):
        raise NotKnown("an index of a char")
    if not value.isascii() and any(ord(one) > texts.MOST_OF_ONE_UNIT for one in value):
        raise NotKnown("a letter of two units")
    return Char(_at(value, key))


def _of_thing(value: Thing, key: Any) -> Any:
    if "[]" not in value.methods:
        raise NotKnown(f"an index of {value.name}")
    return value.methods["[]"](key)


def _at(value: str | bytes | bytearray, key: Any) -> Any:
    """One element of a text or of bytes, without a list of all of them."""
    if isinstance(key, bool) or not isinstance(key, int):
        raise NotKnown("an index that is no number")
    if not 0 <= key < len(value):
        raise Thrown("IndexOutOfRangeException")
    return value[key]


_INDEXED: tuple[tuple[Any, Callable[[Any, Any], Any]], ...] = (
    (Dictionary, dictionaries.dictionary_index),
    (Sequence, lists.index),
    (JToken, json_members.index),
    (Dynamic, _dynamic_index),
    (str, _letter),
    ((bytes, bytearray), _at),
    (Thing, _of_thing),
)


def put_at(value: Any, key: Any, item: Any) -> None:
    key = key.value if isinstance(key, Boxed) else key
    if value is None:
        raise Thrown("NullReferenceException")
    if isinstance(value, JToken):
        json_members.put_at(value, key, item)
    elif isinstance(value, Dictionary) and not value.part:
        dictionaries.put(value, key, item)
    elif isinstance(value, Sequence):
        lists.index(value, key)
        value.items[key] = item
    elif isinstance(value, bytearray) and isinstance(key, int) and isinstance(item, int):
        _at(value, key)
        value[key] = item
    else:
        raise NotKnown("an assignment to an element of this")


def add_pair(made: Any, key: Any, item: Any) -> None:
    """`{"name", value}` in an initializer."""
    if isinstance(made, JObject):
        if key in made.members:
            raise Thrown("ArgumentException")
        put(made, str(key), json_members.as_token(item))
    elif isinstance(made, Dictionary):
        dictionaries.dictionary_call(made, "Add", [key, item], [])
    else:
        raise NotKnown("this initializer")
