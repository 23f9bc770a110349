"""Documents in which many operations refer to one large part: what is looked at and kept is bounded all the same."""

import json

import pytest

from console.core.openapi import read, refs
from console.core.openapi.examples import example_of
from console.core.openapi.fields import swagger_body
from console.core.openapi.problems import Problems
from console.core.openapi.read import read_document
from console.core.openapi.refs import Refs
from console.core.openapi.schemas import SchemaKeeper
from console.store import json_text

TOO_MUCH = "What the operations refer to is too much; behind this path none is imported"


class Long(list):
    """A list of which it is known how many members were looked at."""

    seen = 0

    def __iter__(self):
        for one in super().__iter__():
            self.seen += 1
            yield one

    def __contains__(self, one):
        self.seen += len(self)
        return super().__contains__(one)


def document(path_item, **parts):
    return json.dumps({"openapi": "3.0.0", "paths": {f"/p{n}": path_item for n in range(60)}, **parts})


def listed(count):
    return {f"k{n}": 0 for n in range(count)}


@pytest.mark.parametrize(
    "text",
    [
        document({"get": {"parameters": [{"$ref": "#/x", "name": "a", "in": "query"}]}}, x=listed(200)),
        document({"$ref": "#/x"}, x=listed(200)),
        document({"get": {"parameters": [{"$ref": "#/x"}]}}, x={"$ref": "#/" + "a/" * 300}),
    ],
)
def test_a_large_part_that_many_refer_to_is_not_looked_at_for_ever(monkeypatch, text):
    monkeypatch.setattr(read, "Refs", lambda *given: Refs(*given, refs.StepsLeft(5_000)))
    found = read_document(text)
    assert len(found.operations) < 60
    assert any(one.what.startswith(TOO_MUCH) for one in found.problems)


def test_operations_that_share_one_large_example_are_kept_up_to_a_size(monkeypatch):
    monkeypatch.setattr(read, "MAX_KEPT", 50_000)
    schema = {"properties": {f"k{n}": {"type": "string", "example": "y" * 900} for n in range(9)}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/x"}}}}
    found = read_document(document({"post": {"requestBody": body}}, x=schema))
    assert 1 < len(found.operations) < 12
    assert [one.what.partition(":")[0] for one in found.problems] == [TOO_MUCH]


@pytest.mark.parametrize("name", ["required", "type"])
def test_a_long_list_in_a_schema_is_read_in_part(name):
    told = Long(["null"] * 5_000)
    example_of({name: told, "properties": {f"k{n}": {} for n in range(100)}}, Refs({}, Problems()))
    assert told.seen <= 1_000


def test_members_that_are_never_sent_are_counted():
    properties = {f"k{n}": {"readOnly": True} for n in range(5_000)}
    looked_at = Refs({}, Problems())
    example_of({"properties": properties}, looked_at)
    assert refs.MAX_STEPS - looked_at.work.left < 1_000


def test_a_long_list_of_media_types_is_read_in_part():
    told = Long(["text/plain"] * 5_000)
    refs_of = Refs({}, Problems())
    swagger_body([{"name": "a", "in": "body"}], told, refs_of, SchemaKeeper(refs_of))
    assert told.seen <= 100


def test_a_name_of_a_reference_without_end_is_not_taken_apart():
    found = read_document(document({"get": {"parameters": [{"$ref": "#/" + "a/" * 5_000}]}}))
    assert {one.what for one in found.problems} == {"A reference is longer than any name here, and is not followed."}


HALF, NUL = "\ud800", "\0"


@pytest.mark.parametrize(
    "told",
    [
        {"parameters": [{"name": "a", "in": "query", "required": True, "example": HALF}]},
        {"parameters": [{"name": "a", "in": "path", "schema": {"enum": [NUL + HALF]}}]},
        {"requestBody": {"content": {"application/x-www-form-urlencoded": {"example": {HALF: HALF}}}}},
        {"requestBody": {"content": {"text/plain": {"example": HALF}}}},
        {"requestBody": {"content": {"application/json": {"schema": {"properties": {HALF: {"default": HALF}}}}}}},
    ],
)
def test_halves_of_characters_in_examples_are_shown_and_can_be_kept(told):
    (one,) = read_document(json.dumps({"openapi": "3.0.0", "paths": {"/a/{a}": {"post": told}}})).operations
    assert json_text.size_of(one)
    assert "U+D800" in repr(one) or "U%2BD800" in repr(one)
