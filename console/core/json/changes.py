"""What differs between two JSON values, place by place ("items[0].price"), without regard to the order of members."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.core.json.text import json_text, shorten

MOST = 100  # places that are told; of two strangers every place differs
LONGEST = 300  # characters of a value
_DEEPEST = 64
_PLAIN = re.compile(r"[A-Za-z_$][\w$-]{0,80}", re.ASCII)
_NAMED_BY = ("id", "key", "code", "name")


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """One place that differs. `before` and `after` are texts that may be shown, None on a side where it is absent.

    `name` is the innermost name of the place: what it is called, wherever it stands.
    """

    place: str
    name: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        """The change as part of a sentence: "status is missing"."""
        if self.after is None:
            return f"{self.place} is missing"
        return f"{self.place} is new" if self.before is None else f"{self.place} is another"


def json_changes(before: Any, after: Any, *, place: str = "") -> Iterator[PlaceChange]:
    """The places that differ below `place`, in their order. Whoever asks takes as many as it wants.

    Objects in a list are matched by the member that names each of them on both sides (id, key, code, name), anything
    else by its number.
    """
    yield from _changes(before, after, place, place, depth=0)


def value_text(value: Any) -> str:
    return shorten(value if isinstance(value, str) else json_text(value), LONGEST)


def _changes(before: Any, after: Any, place: str, name: str, *, depth: int) -> Iterator[PlaceChange]:
    if depth < _DEEPEST and isinstance(before, dict) and isinstance(after, dict):
        for one in {**before, **after}:
            yield from _member(before, after, one, below(place, one), depth=depth)
    elif depth < _DEEPEST and isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, place, name, depth=depth)
    elif not _is_same(before, after):
        yield PlaceChange(place or "the whole", name, value_text(before), value_text(after))


def _member(
    before: dict[Any, Any], after: dict[Any, Any], one: Any, place: str, *, depth: int, name: str = ""
) -> Iterator[PlaceChange]:
    called = name or str(one)
    if one not in after:
        yield PlaceChange(place, called, value_text(before[one]), None)
    elif one not in before:
        yield PlaceChange(place, called, None, value_text(after[one]))
    else:
        yield from _changes(before[one], after[one], place, called, depth=depth + 1)


def _items(before: list[Any], after: list[Any], place: str, name: str, *, depth: int) -> Iterator[PlaceChange]:
    by = next((one for one in _NAMED_BY if _names(before, one) and _names(after, one)), None)
    old, new = ({_key(item, by, number): item for number, item in enumerate(items)} for items in (before, after))
    for one in {**old, **new}:
        at = f"{place}[{by}={shorten(str(one[1]), 40)}]" if by else f"{place}[{one}]"
        yield from _member(old, new, one, at, depth=depth, name=name or "item")


def _key(item: Any, by: str | None, number: int) -> Any:
    return (type(item[by]), item[by]) if by else number


def _names(items: list[Any], by: str) -> bool:
    """Whether that member is a text or number of each item, and another one in each."""
    found = [item[by] for item in items if isinstance(item, dict) and isinstance(item.get(by), str | int)]
    return bool(items) and len(found) == len(items) == len({(type(one), one) for one in found})


def below(place: str, name: str) -> str:
    """The place of a member: "a.b", or a["b c"] for a name that is no word."""
    if _PLAIN.fullmatch(name):
        return f"{place}.{name}" if place else name
    return f"{place}[{json_text(shorten(name, 80))}]"


def _is_same(before: Any, after: Any) -> bool:
    """1, true and "1" are three different ones; 1 and 1.0 are written differently, and one number to who reads it."""
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, int | float) and isinstance(after, int | float):
        return before == after
    if isinstance(before, str) and before == after:
        return True
    return type(before) is type(after) and json_text(before) == json_text(after)
