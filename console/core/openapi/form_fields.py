"""A call below an operation's path as one value for each parameter, and the other way round."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_plus

from console.core.openapi.filling import OPEN_PART
from console.core.openapi.model import DocumentOperation, OperationParameter

UNRESERVED = "-_.!~*'()"  # as JavaScript's encodeURIComponent leaves them: page and server write the same address
_NAMED = re.compile(r"%7B%7B(?:%20){0,9}([A-Za-z0-9_.-]{1,100})(?:%20){0,9}%7D%7D")  # {{a variable}}
MOST_PAIRS = 200

Values = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FieldValues:
    """`values` are as people type them, by place and name: each parameter of path and query has one, "" when it is not
    given. `rest` is what the query holds beside them, as it was typed.
    """

    values: Values
    rest: str = ""


def fields_of(operation: DocumentOperation) -> list[OperationParameter]:
    """What is asked for in a field of its own, in the order of the document."""
    return [one for one in operation.parameters if one.place in ("path", "query")]


def read_fields(operation: DocumentOperation, path: str, query: str) -> FieldValues:
    """The values that a path and a query give. A path that is none of the operation's gives none."""
    values = {(one.place, one.name): "" for one in fields_of(operation)}
    for name, value in _path_values(operation.path.partition("?")[0], path).items():
        if ("path", name) in values and value != f"{{{name}}}":
            values[("path", name)] = unquote(value)
    known = {one.name: one for one in fields_of(operation) if one.place == "query"}
    rest: list[str] = []
    pairs = query.lstrip("?").split("&", MOST_PAIRS)
    for pair in pairs:
        name, _, value = pair.partition("=")
        one = known.get(unquote_plus(name))
        if one is None or (values[("query", one.name)] and not one.is_repeated):
            rest.append(pair)
            continue
        before = values[("query", one.name)]
        values[("query", one.name)] = f"{before},{unquote_plus(value)}" if before else unquote_plus(value)
    return FieldValues(values, "&".join(part for part in rest if part))


def written(operation: DocumentOperation, filled: FieldValues) -> tuple[str, str]:
    """Path and query with the values, encoded. A path's part without one keeps its `{name}`; a query leaves it out."""
    path = operation.path.partition("?")[0]
    parts: list[str] = []
    for one in fields_of(operation):
        value = filled.values.get((one.place, one.name), "")
        if not value:
            continue
        if one.place == "path":
            path = path.replace(f"{{{one.name}}}", _encoded(value))
        elif one.is_repeated:
            parts += [f"{_encoded(one.name)}={_encoded(each)}" for each in value.split(",")]
        else:
            parts.append(f"{_encoded(one.name)}={_encoded(value, keep=',')}")
    return path, "&".join([*parts, *([filled.rest] if filled.rest else [])])


def _encoded(value: str, *, keep: str = "") -> str:
    return _NAMED.sub(r"{{\1}}", quote(value, safe=UNRESERVED + keep, errors="replace"))


def _path_values(template: str, path: str) -> dict[str, str]:
    """Part by part: of a part with several names nobody can say where one ends, so that the first takes it whole."""
    theirs, typed = template.strip("/").split("/"), path.strip("/").split("/")
    if len(theirs) != len(typed):
        return {}
    found: dict[str, str] = {}
    for known, given in zip(theirs, typed, strict=True):
        name = OPEN_PART.search(known)
        if name is None:
            if known != given:
                return {}
            continue
        before, after = known[: name.start()], known[name.end() :]
        if not (given.startswith(before) and given.endswith(after)) or "{" in after:
            return {}
        found[name[1]] = given[len(before) : len(given) - len(after)]
    return found
