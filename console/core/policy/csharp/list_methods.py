"""The methods of List<T>, HashSet<T> and arrays themselves; what they lack is LINQ."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.linq import OF_TYPE, linq, of_type
from console.core.policy.csharp.lists import items_of, lambda_of, same
from console.core.policy.csharp.operators import truth
from console.core.policy.csharp.values import MAX_ITEMS, Sequence
from console.core.policy.csharp.xml_members import OF_MANY, listed


def call(value: Sequence, name: str, args: list[Any], type_args: list[str]) -> Any:
    if name in OF_TYPE and type_args:
        return of_type(value.items, name, type_args[0])
    own = {"list": _OF_LIST, "set": _OF_SET}.get(value.kind, {}).get(name)
    if own is not None:
        return own(value, args)
    if name in OF_MANY and value.of == "XElement":
        return listed(value.items, name, args)
    if name == "ToString":
        raise NotKnown("a sequence as text")
    try:
        return linq(value.items, name, args, value.of)
    except KeyError:
        raise NotKnown(f"{name} of a sequence") from None


def _add_all(value: Sequence, args: list[Any]) -> None:
    more = items_of(args[0])
    if more is None:
        raise Thrown("ArgumentNullException") if args[0] is None else NotKnown("AddRange of this")
    if len(value.items) + len(more) > MAX_ITEMS:
        raise NotKnown("a list of this length")
    value.items += more


def _insert(value: Sequence, args: list[Any]) -> None:
    if not 0 <= args[0] <= len(value.items):
        raise Thrown("ArgumentOutOfRangeException")
    _has_room(value)
    value.items.insert(args[0], args[1])


def _has_room(value: Sequence) -> None:
    if len(value.items) >= MAX_ITEMS:
        raise NotKnown("a list of this length")


def _add(value: Sequence, args: list[Any]) -> None:
    _has_room(value)
    value.items.append(args[0])


def _remove(value: Sequence, args: list[Any]) -> bool:
    place = _place(value, lambda one: same(one, args[0]))
    if place >= 0:
        del value.items[place]
    return place >= 0


def _remove_at(value: Sequence, args: list[Any]) -> None:
    if not 0 <= args[0] < len(value.items):
        raise Thrown("ArgumentOutOfRangeException")
    del value.items[args[0]]


def _for_each(value: Sequence, args: list[Any]) -> None:
    for one in list(value.items):
        lambda_of(args[0])(one)


def _place(value: Sequence, test: Callable[[Any], bool]) -> int:
    return next((place for place, one in enumerate(value.items) if test(one)), -1)


def passing(items: list[Any], args: list[Any]) -> list[Any]:
    test = lambda_of(args[0])
    return [one for one in items if truth(test(one))]


def first_passing(items: list[Any], args: list[Any], of: str) -> Any:
    return linq(items, "FirstOrDefault", args, of)


_OF_LIST: dict[str, Callable[[Sequence, list[Any]], Any]] = {
    "Add": _add,
    "AddRange": _add_all,
    "Insert": _insert,
    "Remove": _remove,
    "RemoveAt": _remove_at,
    "Clear": lambda value, args: value.items.clear(),
    "IndexOf": lambda value, args: _place(value, lambda one: same(one, args[0])),
    "ForEach": _for_each,
    "Reverse": lambda value, args: value.items.reverse(),
    "Exists": lambda value, args: bool(passing(value.items, args)),
    "TrueForAll": lambda value, args: len(passing(value.items, args)) == len(value.items),
    "Find": lambda value, args: first_passing(value.items, args, value.of),
    "FindAll": lambda value, args: Sequence(passing(value.items, args), "list", value.of),
    "FindIndex": lambda value, args: _place(value, lambda one: truth(lambda_of(args[0])(one))),
}


def holds(value: Sequence, item: Any) -> bool:
    """Whether a set holds an element."""
    if value.folds and isinstance(item, str):
        if not item.isascii() or not all(isinstance(one, str) and one.isascii() for one in value.items):
            raise NotKnown("letter case beyond ASCII")
        return any(one.lower() == item.lower() for one in value.items)
    return any(same(one, item) for one in value.items)


def _add_once(value: Sequence, args: list[Any]) -> bool:
    if holds(value, args[0]):
        return False
    _has_room(value)
    value.items.append(args[0])
    return True


_OF_SET: dict[str, Callable[[Sequence, list[Any]], Any]] = {
    "Add": _add_once,
    "Contains": lambda value, args: holds(value, args[0]),
}
