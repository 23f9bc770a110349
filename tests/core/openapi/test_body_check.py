"""A body against the schema of its operation: kept from the document, bounded, and told in words."""

import json

import pytest

from console.core.openapi.body_check import BodyMistake, is_json, mistakes_of
from console.core.openapi.read import read_document

ORDER = {
    "type": "object",
    "required": ["item", "id", "lines"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "item": {"type": "string", "minLength": 2, "pattern": "^[a-z]+$", "nullable": True},
        "size": {"enum": ["s", "m"]},
        "price": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}, "maxItems": 2},
        "how": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["by"]}]},
    },
}
LINE = {"type": "object", "properties": {"of": {"$ref": "#/components/schemas/Line"}, "count": {"type": "integer"}}}


def schema_of(schema, **schemas):
    document = {
        "openapi": "3.0.3",
        "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}},
        "components": {"schemas": schemas},
    }
    return read_document(json.dumps(document)).operations[0].body.schema


ORDER_TEXT = schema_of({"$ref": "#/components/schemas/Order"}, Order=ORDER, Line=LINE)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"item": "chair", "lines": [{"of": {"count": 1}}]}, []),
        ({"item": None, "lines": []}, []),
        ({"lines": []}, [("$", "lacks item")]),
        ({"item": 1, "lines": []}, [("$.item", "must be a text or null, and is a whole number")]),
        ({"item": "A!", "lines": []}, [("$.item", 'does not fit the pattern "^[a-z]+$"')]),
        ({"item": "a", "lines": []}, [("$.item", "has fewer characters than 2")]),
        ({"item": "ab", "size": "xl", "lines": []}, [("$.size", "must be one of s, m")]),
        ({"item": "ab", "price": 0, "lines": []}, [("$.price", "is not more than 0")]),
        (
            {"item": "ab", "lines": [{"of": {"count": "1"}}]},
            [("$.lines[0].of.count", "must be a whole number, and is a text")],
        ),
        ({"item": "ab", "lines": [1]}, [("$.lines[0]", "must be an object, and is a whole number")]),
        ({"item": "ab", "lines": [{}] * 3}, [("$.lines", "has more items than 2")]),
        ({"item": "ab", "lines": [], "x y": 1}, [("$", "has x y, which the schema does not know")]),
        ({"item": "ab", "lines": [], "how": {}}, [("$.how", "lacks by")]),
        ([], [("$", "must be an object, and is a list")]),
    ],
    ids=str,
)
def test_each_mistake_is_told_with_its_place(body, told):
    assert mistakes_of(json.dumps(body), ORDER_TEXT) == tuple(BodyMistake(*one) for one in told)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", ()),
        (" \n", ()),
        ("{'a': 1}", ("The body is no JSON: expecting property name enclosed in double quotes at line 1, column 2.",)),
        ("[" * 100_000, ("The body is no JSON that anybody reads: it is nested too deeply, or a number too long.",)),
        ("9" * 5_000, ("The body is no JSON that anybody reads: it is nested too deeply, or a number too long.",)),
    ],
    ids=["empty", "blank", "quotes", "deep", "long number"],
)
def test_what_is_no_json_is_told_without_a_schema_too(body, told):
    assert tuple(one.what for one in mistakes_of(body, "")) == told


def test_what_is_too_much_or_no_schema_is_not_kept():
    wide = {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(3_000)}}
    assert schema_of(wide) == ""
    assert schema_of("text") == ""
    assert schema_of({"enum": ["x" * 70_000]}) == ""
    assert schema_of({"$ref": "https://elsewhere.example/x.json"}) in ("", '{"$ref":"#/$defs/0","$defs":{"0":{}}}')


def test_a_schema_with_a_secret_in_it_is_not_kept():
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    assert schema_of({"enum": [token]}) == ""


@pytest.mark.parametrize(
    ("schema", "parts", "body"),
    [
        (
            {"$ref": "#/components/schemas/S0"},
            {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 2} for n in range(60)},
            "1",
        ),
        ({"$ref": "#/components/schemas/A"}, {"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}}, "1"),
        ({"type": "object", "pattern": "(?=a)"}, {}, '"a"'),
        ({"type": "string", "pattern": "(a+)+$"}, {}, json.dumps("a" * 50_000 + "b")),
        ({"anyOf": [{"type": "object"}] * 900}, {}, json.dumps(["x" * 9] * 20_000)),
        ({"allOf": [{"additionalProperties": {}}] * 200}, {}, json.dumps({f"m{n}": 1 for n in range(18_000)})),
        ({"allOf": [{"items": {}}] * 200}, {}, json.dumps([1] * 80_000)),
        ({"uniqueItems": True}, {}, json.dumps([{"a": n} for n in range(20_000)])),
        ({"pattern": "^a"}, {}, '"\\ud800"'),
    ],
    ids=[
        *("doubling", "endless", "looking around", "slow pattern", "many alternatives", "many members"),
        *("many items", "each beside each", "half a character"),
    ],
)
def test_a_hostile_schema_ends_soon(schema, parts, body):
    assert len(mistakes_of(body, schema_of(schema, **parts))) <= 1


def test_a_row_that_somebody_changed_asks_nobody():
    assert mistakes_of("1", '{"$ref": "http://127.0.0.1:1/x.json"}') == ()


def test_the_types_that_are_checked():
    assert [is_json(one) for one in ("application/json; charset=utf-8", "application/merge-patch+JSON")] == [True, True]
    assert not is_json("application/x-ndjson")
