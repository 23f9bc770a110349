"""What System.Linq adds to whatever can be gone through."""

import re
from collections.abc import Callable
from typing import Any

from console.core.policy.csharp.casts import checked_cast, is_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.lists import index, items_of, lambda_of, same
from console.core.policy.csharp.operators import add, compare, truth
from console.core.policy.csharp.values import Boxed, Char, Dictionary, Grouping, Sequence, must_be_short

OF_TYPE = frozenset({"Cast", "OfType"})
_IN_ANY_CULTURE = re.compile(r"[0-9a-z]*+", re.ASCII)  # texts of these every culture that is meant orders as they are


def _keep(items: list[Any], args: list[Any]) -> list[Any]:
    if not args or args[0] is None:
        return items
    test = lambda_of(args[0])
    return [one for one in items if truth(test(one))]


def _first(items: list[Any], args: list[Any], *, at: int, or_default: bool, of: str) -> Any:
    kept = _keep(items, args)
    if kept:
        return kept[at]
    if not or_default:
        raise Thrown("InvalidOperationException")
    return _default(of)


def _default(of: str) -> None:
    if of in {"int", "bool", "char", "byte", ""}:
        raise NotKnown("the default of an unknown type") if not of else NotKnown(f"the default of {of}")


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
    return any(truth(lambda_of(args[0])(one)) for one in items) if args else bool(items)


def _ordered(items: list[Any], args: list[Any], *, is_down: bool) -> list[Any]:
    keys = [lambda_of(args[0])(one) for one in items]
    is_plain = all(isinstance(key, str) and _IN_ANY_CULTURE.fullmatch(key) for key in keys)
    if not is_plain and any(isinstance(key, str | bool) or not isinstance(key, int | float) for key in keys):
        raise NotKnown("the order of texts")
    ordered = sorted(range(len(items)), key=lambda place: keys[place], reverse=is_down)  # equal ones keep their order
    return [items[place] for place in ordered]


def _best(items: list[Any], args: list[Any], sign: str) -> Any:
    values = [lambda_of(args[0])(one) for one in items] if args else items
    if not values:
        raise Thrown("InvalidOperationException")
    best = values[0]
    for one in values[1:]:
        best = one if compare(sign, one, best) else best
    return best


def _sum(items: list[Any], args: list[Any]) -> Any:
    total: Any = 0
    for one in items:
        total = add(total, lambda_of(args[0])(one) if args else one)
    return total


def _flat(items: list[Any], args: list[Any]) -> Sequence:
    found: list[Any] = []
    kinds: set[str] = set()
    for one in items:
        made = lambda_of(args[0])(one)
        kinds.add(made.of if isinstance(made, Sequence) else "")
        inner = items_of(made)
        if inner is None:
            raise NotKnown("SelectMany of this")
        found += inner
        must_be_short(len(found))
    return _lazy(found, kinds.pop() if len(kinds) == 1 else "")


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


def _at_or_default(items: list[Any], args: list[Any], of: str) -> Any:
    if isinstance(args[0], bool) or not isinstance(args[0], int):
        raise NotKnown("an index that is no number")
    return items[args[0]] if 0 <= args[0] < len(items) else _default(of)


def _leading(items: list[Any], args: list[Any]) -> int:
    """How many elements at the beginning pass the test."""
    test = lambda_of(args[0])
    return next((place for place, one in enumerate(items) if not truth(test(one))), len(items))


def _folded(items: list[Any], args: list[Any]) -> Any:
    if len(args) > 2:
        raise NotKnown("this form of Aggregate")
    if len(args) == 1 and not items:
        raise Thrown("InvalidOperationException")
    step, made = lambda_of(args[-1]), args[0] if len(args) == 2 else items[0]
    for one in items if len(args) == 2 else items[1:]:
        made = step(made, one)
    return made


def _zipped(items: list[Any], args: list[Any]) -> Sequence:
    made = lambda_of(args[1])
    return _lazy([made(one, other) for one, other in zip(items, _other(args), strict=False)])


def _is_same(items: list[Any], args: list[Any]) -> bool:
    others = _other(args)
    if len(args) > 1:
        raise NotKnown("a comparer")
    return len(items) == len(others) and all(map(same, items, others))


def _groups(items: list[Any], args: list[Any], of: str) -> list[Any]:
    if len(args) != 1:
        raise NotKnown("this form of GroupBy")
    found: dict[Any, Grouping] = {}
    for one in items:
        key = lambda_of(args[0])(one)
        if not (key is None or type(key) in (str, int, bool)):
            raise NotKnown("groups by keys of this kind")
        found.setdefault((type(key), key), Grouping([], "lazy", of, key=key)).items.append(one)
    return list(found.values())


def _average(items: list[Any], args: list[Any]) -> float:
    if not items:
        raise Thrown("InvalidOperationException")
    return float(_sum(items, args)) / len(items)


def _one_default(args: list[Any]) -> list[Any]:
    if not args:
        raise NotKnown("the default of an unknown type")
    return [args[0]]


def _dictionary(items: list[Any], args: list[Any]) -> Dictionary:
    made = Dictionary({}, folds=ignores_case(args[2:]))
    for one in items:
        key = lambda_of(args[0])(one)
        if key is None or key in made.items:
            raise Thrown("ArgumentNullException" if key is None else "ArgumentException")
        made.items[key] = lambda_of(args[1])(one) if len(args) > 1 else one
    return made


def ignores_case(comparers: list[Any]) -> bool:
    """Whether a dictionary or set compares without regard to case; nothing but the two ordinal comparers is told."""
    named = [getattr(one, "name", "") for one in comparers]
    if any(one not in {"Ordinal", "OrdinalIgnoreCase"} for one in named):
        raise NotKnown("a comparer")
    return "OrdinalIgnoreCase" in named


def hash_set(items: list[Any], args: list[Any], of: str) -> Sequence:
    return Sequence(_distinct(items), "set", of, folds=ignores_case(args))


def of_type(items: list[Any], name: str, of: str) -> Sequence:
    """Cast<T>() and OfType<T>()."""
    if name == "Cast":
        return _lazy([checked_cast(one.value if isinstance(one, Boxed) else one, of) for one in items], of)
    return _lazy([one.value if isinstance(one, Boxed) else one for one in items if is_of(one, of)], of)


def _lazy(items: list[Any], of: str = "") -> Sequence:
    return Sequence(items, "lazy", of)


def linq(items: list[Any], name: str, args: list[Any], of: str = "") -> Any:
    """A method of System.Linq; KeyError for another one."""
    return _LINQ[name](items, args, of)


_LINQ: dict[str, Callable[[list[Any], list[Any], str], Any]] = {
    "Any": lambda items, args, of: _any(items, args),
    "All": lambda items, args, of: all(truth(lambda_of(args[0])(one)) for one in items),
    "Count": lambda items, args, of: len(_keep(items, args)),
    "First": lambda items, args, of: _first(items, args, at=0, or_default=False, of=of),
    "FirstOrDefault": lambda items, args, of: _first(items, args, at=0, or_default=True, of=of),
    "Last": lambda items, args, of: _first(items, args, at=-1, or_default=False, of=of),
    "LastOrDefault": lambda items, args, of: _first(items, args, at=-1, or_default=True, of=of),
    "Single": lambda items, args, of: _single(items, args, or_default=False),
    "SingleOrDefault": lambda items, args, of: _single(items, args, or_default=True),
    "Where": lambda items, args, of: _lazy(_keep(items, args), of),
    "Select": lambda items, args, of: _lazy([lambda_of(args[0])(one) for one in items]),
    "SelectMany": lambda items, args, of: _flat(items, args),
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
    "ElementAtOrDefault": lambda items, args, of: _at_or_default(items, args, of),
    "TakeWhile": lambda items, args, of: _lazy(items[: _leading(items, args)], of),
    "SkipWhile": lambda items, args, of: _lazy(items[_leading(items, args) :], of),
    "Aggregate": lambda items, args, of: _folded(items, args),
    "Zip": lambda items, args, of: _zipped(items, args),
    "SequenceEqual": lambda items, args, of: _is_same(items, args),
    "DefaultIfEmpty": lambda items, args, of: _lazy(items or _one_default(args), of),
    "ToDictionary": lambda items, args, of: _dictionary(items, args),
    "GroupBy": lambda items, args, of: _lazy(_groups(items, args, of)),
    "Average": lambda items, args, of: _average(items, args),
    "ToHashSet": lambda items, args, of: hash_set(items, args, of),
}  # fmt: skip


EXTENSIONS = frozenset(_LINQ) - {"Contains", "Count", "Reverse"}
