"""An example of what a schema describes: what the document gives as one, otherwise made from types and formats."""

from typing import Any

from console.core.json.text import visible_halves
from console.core.json.values import NumberText
from console.core.openapi.refs import Refs

MAX_DEPTH = 8
MAX_VALUES = 300  # of one example
FEW_VALUES = 10  # of one, in a document whose others are large already
LONGEST_TEXT = 2_000
MAX_TYPES = 20
_BY_FORMAT = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "email": "name@example.com",
    "uri": "https://example.com",
    "url": "https://example.com",
    "uri-reference": "/example",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "ZXhhbXBsZQ==",
    "binary": "",
}
_NOTHING = object()


def example_of(schema: Any, refs: Refs, *where: str) -> Any:
    """A JSON value; None where nothing can be said. A schema that contains itself ends at its second time."""
    return _Maker(refs, where).made(schema)


def given_example(holder: dict[str, Any], refs: Refs, *where: str) -> Any:
    """The example that a media type or parameter gives itself, cut to what may be kept; None when it gives none."""
    if "example" in holder:
        return _Maker(refs, where).copied(holder["example"], 0)
    examples = holder.get("examples")
    first = next(iter(examples.values()), None) if isinstance(examples, dict) else None
    found = refs.mapping(first, *where, "examples")
    value = found.get("value", found.get("dataValue"))
    return _Maker(refs, where).copied(value, 0)


def type_of(schema: dict[str, Any]) -> str:
    """The first type that is not null (OpenAPI 3.1 allows a list of them), told by its members where it is not said."""
    told = schema.get("type")
    if isinstance(told, list):
        told = next((one for one in told[:MAX_TYPES] if isinstance(one, str) and one != "null"), "")
    if isinstance(told, str) and told:
        return told
    if isinstance(schema.get("properties"), dict):
        return "object"
    return "array" if "items" in schema else ""


class _Maker:
    """Counts what it makes: schemas may be as large as they like, examples may not."""

    def __init__(self, refs: Refs, where: tuple[str, ...]) -> None:
        self.refs, self.where = refs, where
        self.left = max(FEW_VALUES, min(MAX_VALUES, refs.work.examples))

    def made(self, schema: Any) -> Any:
        """The example of a schema, counted with all others of its document."""
        before = self.left
        value = self.make(schema, 0, ())
        self.refs.work.examples -= before - self.left
        return value

    def copied(self, value: Any, depth: int) -> Any:
        """A value that was given, cut where it is too deep, too long or too much: aliases may make it endless."""
        self.left -= 1
        if isinstance(value, dict):
            return (
                {visible_halves(k): self.copied(v, depth + 1) for k, v in self._some(value.items())}
                if self._goes_on(depth)
                else {}
            )
        if isinstance(value, list):
            return [self.copied(one, depth + 1) for one in self._some(value)] if self._goes_on(depth) else []
        return visible_halves(value[:LONGEST_TEXT]) if isinstance(value, str) else value

    def make(self, schema: Any, depth: int, open_schemas: tuple[int, ...]) -> Any:
        self.left -= 1
        found = self.refs.mapping(schema, *self.where)
        target = _identity(schema, found)
        if not found or not self._goes_on(depth) or target in open_schemas:
            return None
        if (given := _given(found)) is not _NOTHING:
            return self.copied(given, depth)
        inside = (*open_schemas, target)
        if type_of(found) == "object" or "allOf" in found:
            return self._object(found, depth, inside)
        if type_of(found) == "array":
            one = self.make(found.get("items"), depth + 1, inside)
            return [] if one is None else [one]
        for name in ("oneOf", "anyOf"):
            if isinstance(found.get(name), list):
                made = (self.make(one, depth + 1, inside) for one in found[name][:5])
                return next((one for one in made if one is not None), None)
        return _scalar(found)

    def _object(self, schema: dict[str, Any], depth: int, inside: tuple[int, ...]) -> Any:
        made: dict[str, Any] = {}
        whole = schema.get("allOf")
        for part in whole[:20] if isinstance(whole, list) else ():
            of_part = self.make(part, depth + 1, inside)
            if isinstance(of_part, dict):
                made.update(of_part)
            elif of_part is not None and type_of(schema) != "object":
                return of_part
        properties, required = schema.get("properties"), self._required(schema)
        for name, one in self._some(properties.items()) if isinstance(properties, dict) else ():
            told = self.refs.mapping(one, *self.where)
            if told.get("readOnly") is True:
                self.left -= 1
                continue
            value = self.make(one, depth + 1, inside)
            if value is not None or name in required:
                made[visible_halves(name)] = value
        return made

    def _required(self, schema: dict[str, Any]) -> set[str]:
        told = schema.get("required")
        listed = self.refs.first(told, MAX_VALUES) if isinstance(told, list) else []
        return {one for one in listed if isinstance(one, str)}

    def _some(self, values: Any) -> Any:
        for one in values:
            if self.left <= 0:
                return
            yield one

    def _goes_on(self, depth: int) -> bool:
        return depth < MAX_DEPTH and self.left > 0


def _identity(schema: Any, found: dict[str, Any]) -> int:
    """What a schema is known by while it is open: its reference, since what is merged is new each time."""
    ref = schema.get("$ref") if isinstance(schema, dict) else None
    return hash(ref) if isinstance(ref, str) else id(found)


def _given(schema: dict[str, Any]) -> Any:
    for name in ("example", "const", "default"):
        if schema.get(name) is not None:
            return schema[name]
    for name in ("examples", "enum"):
        told = schema.get(name)
        if isinstance(told, list) and told:
            return told[0]
    return _NOTHING


def _scalar(schema: dict[str, Any]) -> Any:
    told = type_of(schema)
    if told == "boolean":
        return True
    if told in ("integer", "number"):
        least = schema.get("minimum")
        return least if isinstance(least, (int, NumberText)) and not isinstance(least, bool) else 1
    if told == "string":
        form = schema.get("format")
        return _BY_FORMAT.get(form, "text") if isinstance(form, str) else "text"
    return None
