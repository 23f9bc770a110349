"""A JSON body against the schema that its operation names: what does not fit, told before it is sent.

`jsonschema` decides; what it is given stands alone, and what it may do is counted: a document may be hostile.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import re2  # type: ignore[import-untyped]

from console.core.json.text import shorten

MOST = 8  # mistakes told of one body
_QUIET = re2.Options()
_QUIET.log_errors = False  # it would write the pattern to standard error
MAX_WORK = 60_000  # steps of one check, about half a second
LONGEST_BODY = 300_000
_TYPES = {
    "object": "an object",
    "array": "a list",
    "null": "null",
    "integer": "a whole number",
    "string": "a text",
    "boolean": "true or false",
}
_LIMITS = {
    "minimum": "is less than {0}",
    "maximum": "is more than {0}",
    "exclusiveMinimum": "is not more than {0}",
    "exclusiveMaximum": "is not less than {0}",
    "minLength": "has fewer characters than {0}",
    "maxLength": "has more characters than {0}",
    "minItems": "has fewer items than {0}",
    "maxItems": "has more items than {0}",
    "minProperties": "has fewer members than {0}",
    "maxProperties": "has more members than {0}",
    "pattern": "does not fit the pattern {0}",
    "const": "must be {0}",
    "not": "is what the schema rules out",
    "oneOf": "fits none of the alternatives, or more than one",
    "anyOf": "fits none of the alternatives",
}


@dataclass(frozen=True, slots=True)
class BodyMistake:
    """`path` is a JSON path ("$.lines[0].count"), "" for what is no JSON at all; `what` goes on behind it."""

    path: str
    what: str


class _TooMuch(Exception):
    """The check would take too long."""


def is_json(media_type: str) -> bool:
    """Whether a body of that type is checked."""
    return media_type.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def mistakes_of(body: str, schema: str) -> tuple[BodyMistake, ...]:
    """What is wrong with a body; nothing for an empty one. `schema` is as SchemaKeeper wrote it, "" for none.

    Where the check would take too long, or the schema is none, nothing is told.
    """
    if not body.strip() or len(body) > LONGEST_BODY:
        return ()
    try:
        value = json.loads(body)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        return (BodyMistake("", f"The body is no JSON: {error.msg[:1].lower()}{error.msg[1:]} at {place}."),)
    except (ValueError, RecursionError):
        return (
            BodyMistake("", "The body is no JSON that anybody reads: it is nested too deeply, or a number too long."),
        )
    if not schema:
        return ()
    from referencing.exceptions import Unresolvable

    try:
        return tuple(_told(json.loads(schema), value))
    except (_TooMuch, RecursionError, Unresolvable):
        return ()


def _told(schema: dict[str, Any], value: Any) -> list[BodyMistake]:
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped]  # here, for what it loads

    found: dict[tuple[str, str], None] = {}
    for error in _validator(schema).iter_errors(value):
        inner = best_match(iter([error])) if error.validator in ("anyOf", "oneOf", "allOf") else error
        found.setdefault((shorten(inner.json_path, 120), _words(inner)))
        if len(found) >= MOST:
            break
    return [BodyMistake(path, what) for path, what in found]


def _words(error: Any) -> str:
    kind, wanted, instance = error.validator, error.validator_value, error.instance
    if kind == "type":
        listed = [wanted] if isinstance(wanted, str) else wanted
        return f"must be {' or '.join(_TYPES.get(one, f'a {one}') for one in listed)}, and is {_kind(instance)}"
    if kind == "required":
        return f"lacks {_listed([one for one in wanted if one not in instance])}"
    if kind == "additionalProperties":
        known = error.schema.get("properties", {})
        return f"has {_listed([one for one in instance if one not in known])}, which the schema does not know"
    if kind == "enum":
        return f"must be one of {_listed(list(wanted))}"
    if kind is None or wanted is False:
        return "is not taken here"
    return _LIMITS.get(kind, "does not fit the schema").format(shorten(json.dumps(wanted, ensure_ascii=False), 80))


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    for kind, name in ((dict, "an object"), (list, "a list"), (str, "a text"), (int, "a whole number")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a number"


def _listed(values: list[Any]) -> str:
    shown = [shorten(one if isinstance(one, str) else json.dumps(one), 60) for one in values[:8]]
    return ", ".join(shown) + (f" and {len(values) - 8} more" if len(values) > 8 else "")


def _validator(schema: dict[str, Any]) -> Any:
    """Counts its steps, asks nobody for what is referred to, and reads patterns in linear time."""
    from jsonschema.validators import Draft202012Validator, extend  # type: ignore[import-untyped]
    from referencing import Registry

    left = MAX_WORK

    def counted(name: str, rule: Any) -> Any:
        def run(validator: Any, wanted: Any, instance: Any, inside: Any) -> Iterator[Any]:
            nonlocal left
            size = _size(instance)  # a rule may look at each member by itself, and this one beside each other
            left -= 1 + _size(wanted) + (size * size // 50 if name == "uniqueItems" else size)
            if left < 0:
                raise _TooMuch
            for error in rule(validator, wanted, instance, inside) or ():
                left -= len(error.message) // 50  # what does not fit stands in it whole
                yield error

        return run

    rules = {**Draft202012Validator.VALIDATORS, "pattern": _pattern}
    made: Any = extend(Draft202012Validator, {name: counted(name, rule) for name, rule in rules.items()})
    return made(schema, registry=Registry())


def _size(value: Any) -> int:
    return len(value) if isinstance(value, list | dict) else 0


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """One that re2 does not take (looking around, references) is not checked."""
    from jsonschema.exceptions import ValidationError

    if not isinstance(instance, str):
        return
    try:
        fits = re2.search(pattern, instance, _QUIET) is not None
    except re2.error:
        return
    except UnicodeEncodeError:  # half a character: no text that is sent has one
        fits = False
    if not fits:
        yield ValidationError("does not fit the pattern")
