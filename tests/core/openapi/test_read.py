"""Documents are read whole, in both shapes, and broken ones as far as possible."""

import re
from pathlib import Path

import pytest

from console.core.openapi.model import SecurityRequirement
from console.core.openapi.read import read_bytes, read_document

VECTORS = Path(__file__).parents[2] / "vectors" / "openapi"
BREAKS = "cannot be read on"
PATHS = "openapi: 3.0.0\npaths:\n"
SHARED = Path(__file__).parents[4] / "shared" / "openapi"


def vector(name):
    return read_bytes((VECTORS / name).read_bytes())


def keys(document):
    return [one.key for one in document.operations]


def operation(document, key):
    return next(one for one in document.operations if one.key == key)


def counted():
    """(file, operations) as the README of the shared documents counts them; nothing where they are not there."""
    if not (SHARED / "README.md").is_file():
        return []
    rows = (re.split(r"\s*\|\s*", line.strip("| ")) for line in (SHARED / "README.md").read_text("utf-8").splitlines())
    return [(row[0], int(row[2])) for row in rows if len(row) > 3 and row[0].endswith((".json", ".yml", ".yaml"))]


def test_a_document_of_openapi_3_1_is_read_with_all_its_operations():
    document = vector("orders-3.1.yaml")
    assert (document.format, document.title, document.version) == ("OpenAPI 3.1.0", "Orders", "2")
    assert document.servers == ("https://eu.example.com/orders",)
    assert keys(document) == [
        "GET /orders", "POST /orders", "GET /orders/{id}", "DELETE /orders/{id}", "GET /items/{id}",
    ]  # fmt: skip
    assert [(one.line, one.where) for one in document.problems] == [(36, "paths › /orders/{id} › delete")]


def test_parameters_of_path_and_operation_go_together_with_types_choices_and_examples():
    listed = operation(vector("orders-3.1.yaml"), "GET /orders").parameters
    assert [(one.name, one.place, one.type, one.example, one.is_required) for one in listed] == [
        ("X-Trace", "header", "string", "abc", True),
        ("top", "query", "integer", "10", True),
        ("state", "query", "string", "", False),
    ]
    assert listed[2].choices == ("new", "paid")


def test_an_example_body_is_made_of_the_schema_and_ends_where_it_contains_itself():
    body = operation(vector("orders-3.1.yaml"), "POST /orders").body
    assert (body.media_type, body.is_required) == ("application/json", True)
    compact = re.sub(r"\s+", "", body.example)
    assert compact == '{"country":"NO","total":12.50,"lines":[{"amount":3}],"paid":true}'


def test_what_an_operation_needs_comes_from_itself_or_from_the_document():
    document = vector("orders-3.1.yaml")
    assert operation(document, "GET /orders").needs == (SecurityRequirement(("entra",), ("api://orders/Orders.Read",)),)
    assert operation(document, "POST /orders").needs == (
        SecurityRequirement(("entra",), ("api://orders/Orders.Write", "api://orders/Orders.Read")),
        SecurityRequirement(("portal",), roles=("Orders.Admin",)),
    )
    assert operation(document, "GET /orders/{id}").needs == (SecurityRequirement(),)
    assert operation(document, "GET /items/{id}").needs == (SecurityRequirement(),)
    assert [(one.name, one.kind, one.detail) for one in document.schemes] == [
        ("entra", "oauth2", "https://login.example.com/token"),
        ("portal", "bearer", "JWT"),
    ]


def test_swagger_2_sends_bodies_and_forms():
    document = vector("stock-swagger-2.json")
    assert document.servers == ("https://api.example.com/stock",)
    assert re.sub(r"\s+", "", operation(document, "POST /parts").body.example) == '{"name":"bolt"}'
    picture = operation(document, "POST /parts/{no}/picture")
    assert (picture.body.media_type, picture.body.example) == ("application/x-www-form-urlencoded", "colour=red")
    assert [(one.name, one.type) for one in picture.parameters] == [("no", "integer")]
    assert document.schemes[0].detail == "header X-Key"


NONE = pytest.param("", 0, marks=pytest.mark.skip(reason="the public documents are not beside this checkout"))


@pytest.mark.parametrize(("name", "count"), counted() or [NONE])
def test_no_operation_of_a_public_document_is_lost(name, count):
    document = read_bytes((SHARED / name).read_bytes())
    assert len(document.operations) == count
    assert bool(document.problems) == (name == "broken.yml")


def test_the_broken_public_document_says_line_and_reason():
    text = "apis:\n  - name: one\n    operations: {addPet: {policy: x}}\n"
    problems = read_document(text).problems
    assert [one.line for one in problems] == [1, 1]
    assert "‘openapi’ or ‘swagger’ is missing" in problems[0].what


@pytest.mark.parametrize(
    ("text", "line", "said", "found"),
    [
        ('{"openapi":"3.0.0",\n"paths":{"/a":{"get":{}},\n"/b":{"get":{}}', 3, BREAKS, ["GET /a", "GET /b"]),
        ('{"openapi":"3.0.0",\n"paths":{"/a":{"get":{}},}}', None, "", ["GET /a"]),
        ('{"openapi":"3.0.0","paths":{\n"/a":{"get":{}},\n"/a":{"put":{}}}}', 3, "stands twice", ["PUT /a", "GET /a"]),
        (f"{PATHS}  /a:\n    get: {{}}\n\t/bad: x\n  /b:\n    get: {{}}\n", 5, BREAKS, ["GET /a", "GET /b"]),
        (f"{PATHS}  /a: nothing\n  /b: {{get: {{}}}}\n", 3, "no list of methods", ["GET /b"]),
        (f"{PATHS}  b: {{get: {{}}}}\n", 3, "begins with a slash", ["GET /b"]),
        (f"{PATHS}  /b: {{get: {{}}, fetch: {{}}}}\n", 3, "no method", ["GET /b"]),
        (f"{PATHS}  /b: {{get: {{parameters: [{{$ref: '#/nowhere'}}]}}}}\n", 3, "leads to nothing", ["GET /b"]),
        (f"{PATHS}  /b: {{$ref: 'other.yaml#/b'}}\n", 3, "another document", []),
        (f"{PATHS}  /b: {{get: {{security: [{{gone: []}}]}}}}\n", 3, "not defined", ["GET /b"]),
        ("openapi: 9.0.0\npaths:\n  /b: {get: {}}\n", 1, "not known here", ["GET /b"]),
        ("just words", 1, "no OpenAPI document", []),
        ("", 1, "no OpenAPI document", []),
        ("[1, 2", 1, BREAKS, []),
    ],
)
def test_a_broken_document_is_told_with_line_and_reason_and_read_as_far_as_possible(text, line, said, found):
    document = read_document(text)
    assert keys(document) == found
    if said:
        assert any(said in one.what and one.line == line for one in document.problems), document.problems
    else:
        assert document.problems == ()


def test_a_file_that_is_not_utf_8_says_so_and_is_read():
    document = read_bytes(b"openapi: 3.0.0\ninfo: {title: Bl\xe5}\npaths:\n  /b: {get: {}}\n")
    assert keys(document) == ["GET /b"]
    assert [one.line for one in document.problems] == [2]


def test_words_of_yaml_stay_words():
    document = read_document("openapi: 3.1.0\npaths:\n  /b: {get: {tags: [no, 2026-01-01, on]}}\n")
    assert document.operations[0].tags == ("no", "2026-01-01", "on")
