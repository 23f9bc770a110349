"""Parameters and bodies of an operation, in the shapes of OpenAPI 3 and of Swagger 2 (`in: body`, `in: formData`)."""

from typing import Any
from urllib.parse import urlencode

from console.core.json.text import json_text, shorten, visible, visible_halves
from console.core.json.values import NumberText
from console.core.openapi.examples import example_of, given_example, type_of
from console.core.openapi.model import OperationBody, OperationParameter
from console.core.openapi.refs import Refs
from console.core.openapi.schemas import SchemaKeeper

MAX_PARAMETERS = 100
MAX_CHOICES = 50
LONGEST_BODY = 20_000
FORM = "application/x-www-form-urlencoded"
PLACES = ("path", "query", "header", "cookie")
_BODY_PLACES = ("body", "formData")


def _reference(value: Any) -> str:
    """What a mapping refers to that holds nothing else; "" for every other value."""
    ref = value.get("$ref") if isinstance(value, dict) and len(value) == 1 else None
    return ref if isinstance(ref, str) else ""


def parameters_of(
    listed: list[tuple[Any, tuple[str, ...]]], refs: Refs, known: dict[str, OperationParameter]
) -> tuple[list[OperationParameter], list[dict[str, Any]]]:
    """Those of path and operation, where the operation's win; and what Swagger 2 sends as body. `listed` has places.

    `known` are those that were read before, by their reference: a document may refer to the same from every operation.
    """
    found: dict[tuple[str, str], OperationParameter] = {}
    bodies: dict[str, dict[str, Any]] = {}
    for value, where in listed[: 2 * MAX_PARAMETERS]:
        ref = _reference(value)
        if ref in known:
            found[(known[ref].name, known[ref].place)] = known[ref]
            continue
        told = refs.mapping(value, *where)
        name, place = told.get("name"), told.get("in")
        if place == "querystring":
            continue
        if not isinstance(name, str) or place not in (*PLACES, *_BODY_PLACES):
            if told:
                refs.problems.at("A parameter has no name, or does not say where it goes; it is left out.", *where)
            continue
        if place in _BODY_PLACES:
            bodies[name] = told
        else:
            found[(name, place)] = read = _parameter(told, name, place, refs, where)
            if ref:
                known[ref] = read
    return list(found.values())[:MAX_PARAMETERS], list(bodies.values())[:MAX_PARAMETERS]


def _parameter(told: dict[str, Any], name: str, place: str, refs: Refs, where: tuple[str, ...]) -> OperationParameter:
    content = told.get("content")
    holder = refs.mapping(next(iter(content.values()), None), *where) if isinstance(content, dict) else told
    schema = refs.mapping(holder.get("schema"), *where) if "schema" in holder else told
    given = given_example(holder, refs, *where)
    if given is None:
        given = _given_by(schema)
    kind = type_of(schema)
    if kind == "array":
        kind = f"list of {type_of(refs.mapping(schema.get('items'), *where)) or 'values'}"
    choices = schema.get("enum")
    return OperationParameter(
        name=shorten(name, 200),
        place=place,
        is_required=told.get("required") is True or place == "path",
        description=_text(told.get("description"), 300),
        type=shorten(kind, 60),
        choices=tuple(_written(one) for one in choices[:MAX_CHOICES]) if isinstance(choices, list) else (),
        example=_written(given),
        is_repeated=place == "query" and type_of(schema) == "array" and _is_repeated(told),
    )


def _is_repeated(told: dict[str, Any]) -> bool:
    """By OpenAPI 3 unless it says otherwise (`explode`), by Swagger 2 when it says so."""
    if "collectionFormat" in told or "schema" not in told:
        return told.get("collectionFormat") == "multi"
    return told.get("style", "form") == "form" and told.get("explode") is not False


def _given_by(schema: dict[str, Any]) -> Any:
    """What a schema says of one value; nothing is made up for an address."""
    for name in ("example", "default", "const"):
        if schema.get(name) is not None:
            return schema[name]
    listed = schema.get("examples")
    return listed[0] if isinstance(listed, list) and listed else None


def body_of(request_body: Any, refs: Refs, schemas: SchemaKeeper, *where: str) -> OperationBody | None:
    """The body of OpenAPI 3, of the media type that can be typed best; None when nothing is sent."""
    told = refs.mapping(request_body, *where)
    content = told.get("content")
    if not isinstance(content, dict) or not content:
        return None
    media_type = min(refs.first(content, MAX_CHOICES), key=_preference)
    holder = refs.mapping(content[media_type], *where, "content", media_type)
    given = given_example(holder, refs, *where)
    if given is None:
        given = example_of(holder.get("schema"), refs, *where)
    return OperationBody(
        shorten(media_type, 100),
        _as_text(given, media_type),
        is_required=told.get("required") is True,
        description=_text(told.get("description"), 300),
        schema=_schema(holder.get("schema"), media_type, schemas),
    )


def swagger_body(
    bodies: list[dict[str, Any]], consumes: Any, refs: Refs, schemas: SchemaKeeper, *where: str
) -> OperationBody | None:
    """The body of Swagger 2: one parameter `in: body`, or the fields of a form."""
    if not bodies:
        return None
    listed = refs.first(consumes, MAX_CHOICES) if isinstance(consumes, list) else []
    types = [one for one in listed if isinstance(one, str)]
    whole = next((one for one in bodies if one.get("in") == "body"), None)
    if whole is None:
        files = any(one.get("type") == "file" for one in bodies)
        media_type = min(types, key=_preference) if types else "multipart/form-data" if files else FORM
        given = {visible_halves(str(one["name"])): _form_value(one) for one in bodies}
        required = any(one.get("required") is True for one in bodies)
        return OperationBody(shorten(media_type, 100), _as_text(given, media_type), is_required=required)
    media_type = min(types, key=_preference) if types else "application/json"
    given = example_of(whole.get("schema"), refs, *where)
    description = _text(whole.get("description"), 300)
    schema = _schema(whole.get("schema"), media_type, schemas)
    is_required = whole.get("required") is True
    return OperationBody(shorten(media_type, 100), _as_text(given, media_type), is_required, description, schema)


def _schema(schema: Any, media_type: str, schemas: SchemaKeeper) -> str:
    """Of JSON alone: that is what can be checked."""
    return schemas.text_of(schema) if _preference(media_type) < 2 or media_type.startswith("*/*") else ""


def _form_value(field: dict[str, Any]) -> Any:
    given = _given_by(field)
    choices = field.get("enum")
    if given is None and isinstance(choices, list) and choices:
        return choices[0]
    return given


def _preference(media_type: str) -> int:
    """The smaller, the better it can be typed."""
    plain = media_type.partition(";")[0].strip().lower()
    if plain == "application/json":
        return 0
    if plain.endswith(("+json", "/json")):
        return 1
    if plain in ("*/*", FORM):
        return 2
    return 3 if plain.startswith("text/") else 4


def _as_text(value: Any, media_type: str) -> str:
    """The example as it is sent; "" where it cannot be written (files, XML that nobody gave as text)."""
    if value is None:
        return ""
    if _preference(media_type) < 2 or media_type.startswith("*/*"):
        return _cut(json_text(value, indent=2))
    if media_type.startswith(FORM) and isinstance(value, dict):
        return _cut(urlencode({name: _written(one) for name, one in value.items()}))
    return _cut(visible_halves(value)) if isinstance(value, str) else ""


def _cut(text: str) -> str:
    """Half an example is none."""
    return text if len(text) <= LONGEST_BODY else ""


def _written(value: Any) -> str:
    """A value as it stands in an address; lists with commas, objects not at all."""
    if isinstance(value, str):
        return visible(value) if len(value) <= 300 else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, NumberText)):
        return _written(json_text(value).strip('"'))
    if isinstance(value, list):
        return ",".join(_written(one) for one in value[:20] if not isinstance(one, (list, dict)))[:300]
    return ""


def _text(value: Any, limit: int) -> str:
    return visible(" ".join(value[: 4 * limit].split())[:limit]) if isinstance(value, str) else ""
