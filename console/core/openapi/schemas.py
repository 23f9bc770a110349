"""The schema of a body as it is kept: JSON Schema 2020-12 that stands alone, with no more than a check needs.

OpenAPI 3.0 and Swagger 2 say some things in another way (`nullable`, `exclusiveMinimum: true`); they are written as
2020-12 does. Texts, examples and defaults are left out; so is what may send a checker elsewhere (`$id`, `$ref` to other
documents).
"""

import json
from collections.abc import Iterable
from typing import Any

from console.core.json.text import plain, visible_halves
from console.core.openapi.problems import Problems
from console.core.openapi.refs import Refs

LONGEST = 60_000  # characters of one schema; of a larger one none is kept
MAX_NODES = 1_500  # schemas in one
MAX_ALL = 300_000  # of one document
MAX_DEPTH = 60
_TYPES = {"null", "boolean", "object", "array", "number", "string", "integer"}
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_INNER = ("not", "items", "additionalProperties")
MAX_ENUM = 500
LONGEST_PATTERN = 500


class SchemaKeeper:
    """For one document: what is referred to from many operations is written once."""

    def __init__(self, refs: Refs) -> None:
        self._refs = Refs(refs.root, Problems(), refs.work)  # what is wrong was told when the example was made
        self._left = MAX_ALL
        self._written: dict[str, str] = {}

    def text_of(self, schema: Any) -> str:
        """ASCII JSON; "" where there is no schema, or too much of one."""
        if not isinstance(schema, dict) or not schema:
            return ""
        ref = schema.get("$ref") if len(schema) == 1 else None
        if not isinstance(ref, str):
            return self._text(schema)
        if ref not in self._written:
            self._written[ref] = self._text(schema)
        return self._written[ref]

    def _text(self, schema: dict[str, Any]) -> str:
        copy = _Copy(self._refs, min(MAX_NODES, self._left))
        made = copy.whole(schema)
        self._left -= copy.made
        if made is None:
            return ""
        text = json.dumps(made, separators=(",", ":"))
        return text if len(text) <= LONGEST else ""


class _Copy:
    """One schema while it is written; `made` counts what stands in it."""

    def __init__(self, refs: Refs, limit: int) -> None:
        self._refs, self._limit, self.made = refs, limit, 0
        self._names: dict[str, str] = {}
        self._waiting: list[str] = []

    def whole(self, schema: dict[str, Any]) -> dict[str, Any] | None:
        """None when it is too much."""
        root = self.schema(schema, 0)
        if not isinstance(root, dict):
            return None
        parts: dict[str, Any] = {}
        while self._waiting and self.made <= self._limit:
            ref = self._waiting.pop()
            parts[self._names[ref]] = self.schema(self._refs.mapping({"$ref": ref}), 0)
        if self.made > self._limit or self._refs.work.is_done:
            return None
        return {**root, "$defs": parts} if parts else root

    def schema(self, value: Any, depth: int) -> Any:
        self.made += 1
        if isinstance(value, bool):
            return value
        if not isinstance(value, dict) or depth > MAX_DEPTH or self.made > self._limit:
            return {}
        out: dict[str, Any] = {}
        if isinstance(ref := value.get("$ref"), str):
            out["$ref"] = f"#/$defs/{self._name(ref)}"
        self._kinds(value, out)
        self._limits(value, out)
        self._members(value, out, depth)
        for name in _LISTS:
            listed = value.get(name)
            if isinstance(listed, list) and listed:
                out[name] = [self.schema(one, depth + 1) for one in self._some(listed)]
        for name in _INNER:
            if isinstance(value.get(name), dict | bool):
                out[name] = self.schema(value[name], depth + 1)
        if "patternProperties" in value:  # which members are left over, nobody can say without them
            out.pop("additionalProperties", None)
        return out

    def _name(self, ref: str) -> str:
        if ref not in self._names:
            self._names[ref] = str(len(self._names))
            self._waiting.append(ref)
        return self._names[ref]

    def _kinds(self, value: dict[str, Any], out: dict[str, Any]) -> None:
        told = value.get("type")
        listed = told if isinstance(told, list) else [told]
        kinds = [one for one in listed[:10] if isinstance(one, str) and one in _TYPES]
        choices = value.get("enum")
        is_nullable = value.get("nullable") is True
        if kinds:
            out["type"] = [*kinds, *(["null"] if is_nullable and "null" not in kinds else [])]
        if isinstance(choices, list) and 0 < len(choices) <= MAX_ENUM:
            out["enum"] = [*(plain(one) for one in choices), *([None] if is_nullable else [])]
        if "const" in value and isinstance(value["const"], str | int | float | None):
            out["const"] = plain(value["const"])

    def _limits(self, value: dict[str, Any], out: dict[str, Any]) -> None:
        for name in _COUNTS:
            if type(told := value.get(name)) is int and told >= 0:
                out[name] = told
        for name in _NUMBERS:
            number = plain(value.get(name))
            if isinstance(number, int | float) and not isinstance(number, bool):
                out[name] = number
        for name, of in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if value.get(name) is True and of in out:
                out[name] = out.pop(of)
        pattern = value.get("pattern")
        if isinstance(pattern, str) and len(pattern) <= LONGEST_PATTERN:
            out["pattern"] = visible_halves(pattern)

    def _members(self, value: dict[str, Any], out: dict[str, Any], depth: int) -> None:
        told = value.get("properties")
        properties = dict(self._some(told.items())) if isinstance(told, dict) else {}
        if properties:
            out["properties"] = {visible_halves(name): self.schema(one, depth + 1) for name, one in properties.items()}
        required = value.get("required")
        if isinstance(required, list):
            names = [one for one in self._some(required) if isinstance(one, str)]
            wanted = [visible_halves(one) for one in names if not self._is_answered(properties.get(one))]
            if wanted:
                out["required"] = wanted

    def _is_answered(self, schema: Any) -> bool:
        """Whether only answers carry it: then no request has to."""
        return self._refs.mapping(schema).get("readOnly") is True

    def _some(self, values: Iterable[Any]) -> list[Any]:
        found = self._refs.first(values, MAX_NODES)
        self.made += len(found) // 20
        return found
