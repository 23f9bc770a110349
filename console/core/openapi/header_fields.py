"""The headers of a call as one value for each header parameter of its operation, and what stands beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from console.core.exchange import Header
from console.core.openapi.filling import asked_headers
from console.core.openapi.model import DocumentOperation, OperationParameter


@dataclass(frozen=True, slots=True)
class HeaderValues:
    """`values` are by the names of the parameters, "" for one that is not given; `rest` are all other headers."""

    values: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[Header, ...] = ()


def header_fields(operation: DocumentOperation, *, key_header: str) -> list[OperationParameter]:
    """What is asked for in a field of its own, each name once: never what the console sets itself."""
    once: dict[str, OperationParameter] = {}
    for one in asked_headers(operation, key_header=key_header):
        once.setdefault(one.name.lower(), one)
    return list(once.values())


def read_headers(fields: Iterable[OperationParameter], headers: Iterable[Header]) -> HeaderValues:
    """Of several headers of one name the last is the field's, as `written_headers` puts it; the others stay rows."""
    names = {one.name.lower(): one.name for one in fields}
    values = dict.fromkeys(names.values(), "")
    rest: list[Header] = []
    seen: set[str] = set()
    for name, value in reversed(tuple(headers)):
        own = names.get(name.lower())
        if own is None or own in seen:
            rest.append((name, value))
        else:
            seen.add(own)
            values[own] = value
    return HeaderValues(values, tuple(reversed(rest)))


def written_headers(filled: HeaderValues) -> tuple[Header, ...]:
    """All that are sent: a field that was left empty is none."""
    return (*filled.rest, *((name, value) for name, value in filled.values.items() if value))
