"""Members of arrays, lists, dictionaries and what LINQ adds to them."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.as_text import bounded_join, text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken
from console.core.policy.csharp.operators import add, compare, equal, truth
from console.core.policy.csharp.values import MAX_ITEMS, Boxed, Char, Lambda, Sequence, must_be_short


def items_of(value: Any) -> list[Any] | None:
    """The elements of what can be gone through; None for what cannot."""
    if isinstance(value, Sequence):
        return value.items
    if isinstance(value, str | bytes | bytearray):
        must_be_short(len(value))
        return list(value) if not isinstance(value, str) else [Char(one) for one in value]
    if isinstance(value, JArray):
        return list(value.items)
    if isinstance(value, JObject):
        return [property_of(value, name) for name in value.members]
    return None


def property_of(holder: JObject, name: str) -> JProperty:
    """The property of an object; it is the same each time only by what it stands for."""
    return JProperty(name, holder.members[name], parent=holder)


def index(value: Sequence, key: Any) -> Any:
    if isinstance(key, bool) or not isinstance(key, int):
        raise NotKnown("an index that is no number")
    if not 0 <= key < len(value.items):
        raise Thrown("IndexOutOfRangeException" if value.kind == "array" else "ArgumentOutOfRangeException")
    return value.items[key]


def same(left: Any, right: Any) -> bool:
    """Equals() of elements; boxed ones by what is in them."""
    a = left.value if isinstance(left, Boxed) else left
    b = right.value if isinstance(right, Boxed) else right
    if type(a) is not type(b) and not (isinstance(a, str) and isinstance(b, str)):
        if a is None or b is None:
            return False
        raise NotKnown("Equals of two kinds of values")
    return equal(a, b)


def _keep(items: list[Any], args: list[Any]) -> list[Any]:
    if not args or args[0] is None:
        return items
    test = _lambda(args[0])
    return [one for one in items if truth(test(one))]


def _lambda(value: Any) -> Callable[..., Any]:
    if isinstance(value, Lambda):
        return value.call
    raise NotKnown("an argument that is no lambda")


def _first(items: list[Any], args: list[Any], *, at: int, or_default: bool, of: str) -> Any:
    kept = _keep(items, args)
    if kept:
        return kept[at]
    if not or_default:
        raise Thrown("InvalidOperationException")
    if of in {"int", "bool", "char", "byte", ""}:
        raise NotKnown("the default of an unknown type") if not of else NotKnown(f"the default of {of}")
    return None


def _single(items: list[Any], args: list[Any], *, or_default: bool) -> Any:
    kept = _keep(items, args)
    if len(kept) == 1:
        return kept[0]
    if not kept and or_default:
        return None
    raise Thrown("InvalidOperationException")


def _distinct(items: list[Any]) -> list[Any]:
    if _are_plain(items):
        return list(dict.fromkeys(items))
    _must_be_few(len(items), len(items))
    kept: list[Any] = []
    for one in items:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def _shared(items: list[Any], args: list[Any], *, wanted: bool) -> list[Any]:
    kept, others = _distinct(items), _other(args)
    if _are_plain([*kept, *others]):
        known = set(others)
        return [one for one in kept if (one in known) is wanted]
    _must_be_few(len(kept), len(others))
    return [one for one in kept if _contains(others, [one]) is wanted]


def _are_plain(items: list[Any]) -> bool:
    """Whether Python tells them apart as C# does, without comparing each with each."""
    kinds = {type(one) for one in items}
    return len(kinds) < 2 and kinds <= {str, Char, int, bool}


def _must_be_few(count: int, others: int) -> None:
    if count * others > 2_500:
        raise NotKnown("so many comparisons")


def _any(items: list[Any], args: list[Any]) -> bool:
    return any(truth(_lambda(args[0])(one)) for one in items) if args else bool(items)


def _ordered(items: list[Any], args: list[Any], *, is_down: bool) -> list[Any]:
    keys = [_lambda(args[0])(one) for one in items]
    if any(isinstance(key, str | bool) or not isinstance(key, int | float) for key in keys):
        raise NotKnown("the order of texts")
    order = sorted(range(len(items)), key=lambda place: keys[place], reverse=False)
    if is_down:  # stable in both directions
        order = sorted(range(len(items)), key=lambda place: -keys[place])
    return [items[place] for place in order]


def _best(items: list[Any], args: list[Any], sign: str) -> Any:
    values = [_lambda(args[0])(one) for one in items] if args else items
    if not values:
        raise Thrown("InvalidOperationException")
    best = values[0]
    for one in values[1:]:
        best = one if compare(sign, one, best) else best
    return best


def _sum(items: list[Any], args: list[Any]) -> Any:
    total: Any = 0
    for one in items:
        total = add(total, _lambda(args[0])(one) if args else one)
    return total


def _flat(items: list[Any], args: list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in items:
        inner = items_of(_lambda(args[0])(one))
        if inner is None:
            raise NotKnown("SelectMany of this")
        found += inner
        must_be_short(len(found))
    return found


def _other(args: list[Any]) -> list[Any]:
    found = items_of(args[0]) if args else None
    if found is None:
        raise (
            Thrown("ArgumentNullException") if args and args[0] is None else NotKnown("a second sequence of this kind")
        )
    return found


def _contains(items: list[Any], args: list[Any]) -> bool:
    if len(args) > 1:
        ignores = getattr(args[1], "name", "") == "OrdinalIgnoreCase"
        if not ignores:
            raise NotKnown("a comparer")
        return any(isinstance(one, str) and one.lower() == str(args[0]).lower() for one in items)
    return any(same(one, args[0]) for one in items)


def _lazy(items: list[Any], of: str = "") -> Sequence:
    return Sequence(items, "lazy", of)


def linq(items: list[Any], name: str, args: list[Any], of: str = "") -> Any:
    """A method of System.Linq; KeyError for another one."""
    return _LINQ[name](items, args, of)


_LINQ: dict[str, Callable[[list[Any], list[Any], str], Any]] = {
    "Any": lambda items, args, of: _any(items, args),
    "All": lambda items, args, of: all(truth(_lambda(args[0])(one)) for one in items),
    "Count": lambda items, args, of: len(_keep(items, args)),
    "First": lambda items, args, of: _first(items, args, at=0, or_default=False, of=of),
    "FirstOrDefault": lambda items, args, of: _first(items, args, at=0, or_default=True, of=of),
    "Last": lambda items, args, of: _first(items, args, at=-1, or_default=False, of=of),
    "LastOrDefault": lambda items, args, of: _first(items, args, at=-1, or_default=True, of=of),
    "Single": lambda items, args, of: _single(items, args, or_default=False),
    "SingleOrDefault": lambda items, args, of: _single(items, args, or_default=True),
    "Where": lambda items, args, of: _lazy(_keep(items, args), of),
    "Select": lambda items, args, of: _lazy([_lambda(args[0])(one) for one in items]),
    "SelectMany": lambda items, args, of: _lazy(_flat(items, args)),
    "Contains": lambda items, args, of: _contains(items, args),
    "ToList": lambda items, args, of: Sequence(list(items), "list", of),
    "ToArray": lambda items, args, of: Sequence(list(items), "array", of),
    "AsEnumerable": lambda items, args, of: _lazy(list(items), of),
    "Skip": lambda items, args, of: _lazy(items[max(0, args[0]) :], of),
    "Take": lambda items, args, of: _lazy(items[: max(0, args[0])], of),
    "Reverse": lambda items, args, of: _lazy(items[::-1], of),
    "Concat": lambda items, args, of: _lazy(items + _other(args), of),
    "Distinct": lambda items, args, of: _lazy(_distinct(items), of),
    "Except": lambda items, args, of: _lazy(_shared(items, args, wanted=False), of),
    "Intersect": lambda items, args, of: _lazy(_shared(items, args, wanted=True), of),
    "Union": lambda items, args, of: _lazy(_distinct(items + _other(args)), of),
    "OrderBy": lambda items, args, of: _lazy(_ordered(items, args, is_down=False), of),
    "OrderByDescending": lambda items, args, of: _lazy(_ordered(items, args, is_down=True), of),
    "Max": lambda items, args, of: _best(items, args, ">"),
    "Min": lambda items, args, of: _best(items, args, "<"),
    "Sum": lambda items, args, of: _sum(items, args),
    "ElementAt": lambda items, args, of: index(Sequence(items, "list"), args[0]),
}  # fmt: skip


EXTENSIONS = frozenset(_LINQ) - {"Contains", "Count", "Reverse"}


def call(value: Sequence, name: str, args: list[Any]) -> Any:
    """The methods of List<T> and arrays themselves, then LINQ."""
    if name == "Add" and value.kind == "list":
        if len(value.items) >= MAX_ITEMS:
            raise NotKnown("a list of this length")
        value.items.append(args[0])
        return None
    if name == "IndexOf" and value.kind == "list":
        return next((place for place, one in enumerate(value.items) if same(one, args[0])), -1)
    if name == "ForEach" and value.kind == "list":
        for one in list(value.items):
            _lambda(args[0])(one)
        return None
    if name == "Reverse" and value.kind == "list":
        value.items.reverse()
        return None
    if name == "ToString":
        raise NotKnown("a sequence as text")
    try:
        return linq(value.items, name, args, value.of)
    except KeyError:
        raise NotKnown(f"{name} of a sequence") from None


def joined(separator: Any, values: Any) -> str:
    """string.Join."""
    found = items_of(values)
    if found is None or isinstance(values, str):
        raise NotKnown("string.Join of this")
    return bounded_join(text_of(separator), found)


def is_enumerable(value: Any) -> bool:
    return isinstance(value, JToken) or items_of(value) is not None
