"""The values of C# that have no equal in Python; text, bool, null, Int32 and double are Python's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from console.core.policy.csharp.faults import NotKnown

MAX_ITEMS = 10_000


def must_be_short(count: int) -> None:
    """Raises NotKnown for so many elements in one list."""
    if count > MAX_ITEMS:
        raise NotKnown("a list of this length")


class Long(int):
    """An Int64."""


class Char(str):
    """One UTF-16 unit."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Boxed:
    """A value whose static type is `object`: it must be cast before it is a text or a number again."""

    value: Any


@dataclass(slots=True, eq=False)
class Sequence:
    """An array, a List<T>, a HashSet<T> or what LINQ gives. `kind` is array, list, set or lazy; `of` the element's
    type, "" if unknown. `folds`: of a set that does not tell upper from lower case.
    """

    items: list[Any]
    kind: str = "array"
    of: str = ""
    folds: bool = False

    def __post_init__(self) -> None:
        must_be_short(len(self.items))


@dataclass(slots=True, eq=False)
class Grouping(Sequence):
    """The elements that GroupBy found for one key."""

    key: Any = None


@dataclass(slots=True, eq=False)
class Dictionary:
    """A Dictionary<K, V>. `folds`: case of keys does not matter; `part` is named where that is unsettled."""

    items: dict[Any, Any]
    folds: bool = False
    part: str = ""
    values_are_objects: bool = False
    values_are_lists: bool = False
    is_partial: bool = False  # what is not in it is not known, rather than not there
    may_hold: Callable[[str], bool] | None = None  # of a partial one: whether this key may be there; None: any may


@dataclass(frozen=True, slots=True)
class Unknowable:
    """A value that nobody can know, such as a new Guid; it matters only where it is used."""

    part: str


@dataclass(frozen=True, slots=True)
class Guid:
    text: str


@dataclass(frozen=True, slots=True)
class DateValue:
    """A DateTime or, with `is_offset`, a DateTimeOffset; always UTC."""

    at: datetime
    is_offset: bool = False
    is_utc: bool = field(default=False, compare=False)  # known to be of DateTimeKind.Utc, which a text of it tells
    is_plain: bool = field(default=False, compare=False)  # known to be of DateTimeKind.Unspecified


@dataclass(frozen=True, slots=True)
class Span:
    """A TimeSpan."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member of an enumeration: StringComparison.Ordinal, Formatting.None."""

    of: str
    name: str


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type named in an expression: what static members are asked of."""

    name: str


@dataclass(frozen=True, slots=True)
class Url:
    text: str
    is_request: bool = False  # of the request: IUrl, which has fewer members and a dictionary as query
    knows_query_alone: bool = False  # what comes before the question mark is not known


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A variable's value as an expression left it, for later expressions; each of them gets its own copy."""

    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Dynamic:
    """JSON in a variable of type dynamic: what is asked of it is a member of the object, never one of the library."""

    value: Any


@dataclass(slots=True, eq=False)
class Builder:
    """A StringBuilder."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Lambda:
    call: Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """An object of the gateway (`context`, a request, a token): its members by name, made when they are asked for."""

    name: str
    members: Mapping[str, Callable[[], Any]]
    methods: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


def tuple_thing(values: list[Any], names: list[str] | None = None) -> Thing:
    """A Tuple or ValueTuple, with the names that its elements were given."""
    made = {f"Item{place + 1}": partial(_itself, one) for place, one in enumerate(values)}
    return Thing(
        "tuple",
        {**made, **{name: partial(_itself, one) for name, one in zip(names or [], values, strict=False) if name}},
    )


def _itself(value: Any) -> Any:
    return value


@dataclass(slots=True, eq=False)
class Out:
    """An `out` argument: where the called method puts its result."""

    put: Callable[[Any], None]
    of: str = ""
