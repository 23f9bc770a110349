"""Documents that are made to cost much: work, depth and what is kept stay bounded. Steps are counted, not seconds."""

import json

from console.core.openapi import examples, masking
from console.core.openapi.model import MAX_OPERATIONS, MAX_PROBLEMS
from console.core.openapi.problems import Problems
from console.core.openapi.read import read_bytes, read_document
from console.core.openapi.refs import MAX_EXAMPLES
from console.core.openapi.yaml_text import MAX_DEPTH, MAX_MERGED, read_yaml

ONE = "openapi: 3.0.0\npaths:\n  /b: {post: {requestBody: {content: {application/json: %s}}}}\n"


def large(operations=2_000, size=5_000_000):
    """A document of so many operations and about so many bytes."""
    properties = {f"member_{index}": {"type": "string", "description": "x" * 40} for index in range(20)}
    schema = {"type": "object", "properties": properties}
    paths = {}
    for index in range(operations // 2):
        body = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/S{index}"}}}}
        told = {"tags": [f"tag {index % 40}"], "summary": f"Do {index}", "responses": {"200": {"description": "Fine"}}}
        paths[f"/things{index}/{{id}}"] = {"get": told, "post": {**told, "requestBody": body}}
    document = {
        "openapi": "3.0.3",
        "paths": paths,
        "components": {"schemas": {f"S{n}": schema for n in range(operations // 2)}},
    }
    missing = size - len(json.dumps(document))
    document["x-filler"] = ["y" * 1_000] * max(0, missing // 1_004)
    return document


def test_a_document_of_5_mb_and_2000_operations_is_imported_whole():
    raw = json.dumps(large()).encode()
    assert 4_900_000 < len(raw) < 5_300_000
    document = read_bytes(raw)
    assert len(document.operations) == 2_000
    assert document.problems == ()
    assert sum(len(one.body.example) for one in document.operations if one.body) < 2_000_000


def test_an_alias_bomb_costs_its_own_length():
    lines = ["a0: &a0 {x: lol}"] + [f"a{n}: &a{n} {{p: *a{n - 1}, q: *a{n - 1}, r: *a{n - 1}}}" for n in range(1, 60)]
    text = "\n".join(lines) + "\n" + ONE % "{example: *a59}"
    document = read_document(text)
    assert [one.key for one in document.operations] == ["POST /b"]
    assert len(document.operations[0].body.example) < 20_000


def test_merged_aliases_are_counted():
    keys = ", ".join(f"k{n}: 1" for n in range(1_000))
    text = f"a: &a {{{keys}}}\nb:\n" + "".join(f"  - {{<<: *a, n{n}: 1}}\n" for n in range(3_000))
    problems = Problems()
    read_yaml(text, problems)
    assert problems.told and "taken over" in problems.told[0].what


def test_mappings_that_take_over_from_each_other_are_counted():
    lines = ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}" for n in range(1, 2_000))]
    problems = Problems()
    reading = read_yaml("\n".join(lines), problems)
    assert len(reading.lines) <= MAX_MERGED + 3 * len(lines)
    assert [one.what for one in problems.told] == [
        f"More than {MAX_MERGED} members are taken over with <<; further ones are left out."
    ]


def _with_schemas(operations: int, schemas: dict) -> str:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/s0"}}}
    post = {"post": {"requestBody": {"content": content}}}
    paths = {f"/a{number}": post for number in range(operations)}
    return json.dumps({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}})


def test_the_examples_of_a_document_are_bounded_together(monkeypatch):
    made = []
    make = examples._Maker.make
    monkeypatch.setattr(examples._Maker, "make", lambda *given: made.append(1) or make(*given))
    properties = {f"p{n}": {"$ref": f"#/components/schemas/s{n}"} for n in range(1, 300)}
    text = _with_schemas(2_000, {"s0": {"properties": properties}, **{f"s{n}": {"type": "string"} for n in range(300)}})
    document = read_document(text)
    assert len(document.operations) == 2_000
    assert len(made) <= MAX_EXAMPLES + 2_000 * 2 * examples.FEW_VALUES
    assert all(one.body and one.body.example for one in document.operations)


def test_a_parameter_that_many_operations_share_is_read_and_masked_once(monkeypatch):
    masked = []
    text_of = masking.masked_text
    monkeypatch.setattr(masking, "masked_text", lambda text: masked.append(text) or text_of(text))
    listed = [{"$ref": f"#/components/parameters/p{number}"} for number in range(50)]
    told = {f"p{n}": {"name": f"p{n}", "in": "query", "description": f"number {n}"} for n in range(50)}
    paths = {f"/a{number}": {"parameters": listed, "get": {}, "put": {}} for number in range(20)}
    document = read_document(json.dumps({"openapi": "3.0.0", "paths": paths, "components": {"parameters": told}}))
    assert {len(one.parameters) for one in document.operations} == {50}
    assert len([one for one in masked if one.startswith("number ")]) == 50


def test_a_parameter_that_is_a_reference_is_still_overruled_by_its_operation():
    own = {"name": "p", "in": "query", "description": "own"}
    item = {"parameters": [{"$ref": "#/components/parameters/p"}], "get": {"parameters": [own]}, "put": {}}
    told = {"components": {"parameters": {"p": {**own, "description": "shared"}}}}
    document = read_document(json.dumps({"openapi": "3.0.0", "paths": {"/a": item}, **told}))
    assert [[each.description for each in one.parameters] for one in document.operations] == [["own"], ["shared"]]


def test_an_alias_that_contains_itself_is_told():
    problems = read_document("openapi: 3.0.0\npaths: {/b: {get: {}}}\nx: &x [*x]\n").problems
    assert [(one.line, "contains itself" in one.what) for one in problems] == [(3, True)]


def test_deep_nesting_is_left_out_in_json_and_in_yaml():
    for depth in (MAX_DEPTH + 5, 900, 200_000):
        document = read_document('{"openapi":"3.0.0","paths":{"/b":{"get":{}}},"x":' + "[" * depth + "]" * depth + "}")
        assert [one.key for one in document.operations] == ["GET /b"]
        if depth > 900:
            assert document.problems


def test_schemas_and_references_that_contain_themselves_end():
    schema = "{schema: {$ref: '#/c/a'}}"
    rest = "c:\n  a: {type: object, properties: {b: {$ref: '#/c/b'}, me: {$ref: '#/c/a'}}}\n"
    rest += "  b: {$ref: '#/c/d'}\n  d: {$ref: '#/c/b'}\n"
    document = read_document(ONE % schema + rest)
    assert document.operations[0].body.example == "{}"
    assert any("back to itself" in one.what for one in document.problems)


def test_a_schema_that_branches_without_end_gives_an_example_of_bounded_size():
    members = ", ".join(f"m{n}: {{$ref: '#/c/s{{next}}'}}" for n in range(30))
    rest = "c:\n" + "".join(
        f"  s{n}: {{type: object, properties: {{{members.replace('{next}', str(n + 1))}}}}}\n" for n in range(20)
    )
    document = read_document(ONE % "{schema: {$ref: '#/c/s0'}}" + rest)
    assert document.operations[0].body.example.count(":") <= examples.MAX_VALUES


def test_huge_numbers_are_kept_as_text_and_not_computed_with():
    number = "9" * 100_000
    for text in (
        ONE % f"{{example: {number}}}",
        json.dumps({"openapi": "3.0.0", "paths": {}})[:-1] + f',"x":{number}}}',
    ):
        read_document(text)
    document = read_document(ONE % "{schema: {type: integer, minimum: 1e999999}}")
    assert document.operations[0].body.example == "1e999999"


def test_of_too_many_operations_and_problems_the_first_are_kept():
    paths = {f"/p{n}": {"get": {}, "nonsense": {}} for n in range(MAX_OPERATIONS + 10)}
    document = read_document(json.dumps({"openapi": "3.0.0", "paths": paths}))
    assert len(document.operations) == MAX_OPERATIONS
    assert len(document.problems) == MAX_PROBLEMS < document.problem_count


def test_wrong_types_everywhere_are_values():
    for wrong in ("7", "[]", "[7]", "{}", "null", '"x"', "{a: 7}", "{$ref: 7}", "{$ref: '#/'}", "{get: [7]}"):
        for member in ("paths", "info", "servers", "components", "security", "tags", "openapi", "host", "consumes"):
            read_document(f"openapi: 3.0.0\npaths: {{/b: {{get: {{}}}}}}\n{member}: {wrong}\n")
        for member in ("parameters", "requestBody", "security", "tags", "summary", "operationId", "consumes"):
            document = read_document(f"openapi: 3.0.0\npaths: {{/b: {{get: {{{member}: {wrong}}}}}}}\n")
            assert [one.key for one in document.operations] == ["GET /b"]
        for schema in ("type", "properties", "items", "allOf", "oneOf", "enum", "examples", "required", "format"):
            read_document(ONE % f"{{schema: {{type: object, {schema}: {wrong}}}}}")
