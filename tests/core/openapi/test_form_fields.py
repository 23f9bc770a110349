"""A call below an operation's path as a value for each parameter, and back."""

import pytest

from console.core.openapi.form_fields import FieldValues, fields_of, read_fields, written
from console.core.openapi.model import DocumentOperation, OperationParameter

OPERATION = DocumentOperation(
    "GET",
    "/orders/{id}/lines/{line}.json",
    parameters=(
        OperationParameter("top", "query"),
        OperationParameter("id", "path", is_required=True),
        OperationParameter("line", "path", is_required=True),
        OperationParameter("X-Trace", "header"),
        OperationParameter("tag", "query", is_repeated=True),
        OperationParameter("a b&", "query"),
        OperationParameter("ids", "query"),
    ),
)


def values(**given):
    names = {"id": "path", "line": "path", "top": "query", "tag": "query", "a b&": "query", "ids": "query"}
    return {(place, name): given.get(name, "") for name, place in names.items()}


def test_headers_are_no_part_of_the_address():
    assert [one.name for one in fields_of(OPERATION)] == ["top", "id", "line", "tag", "a b&", "ids"]


@pytest.mark.parametrize(
    ("path", "query", "read", "rest"),
    [
        ("/orders/7/lines/1.json", "top=1&tag=x&tag=y", values(id="7", line="1", top="1", tag="x,y"), ""),
        ("/orders/{id}/lines/{line}.json", "", values(), ""),
        ("/orders/a%2Fb/lines/%7B%7Bline%7D%7D.json", "", values(id="a/b", line="{{line}}"), ""),
        ("/orders/{{id}}/lines/1.json", "top={{top}}&x=1", values(id="{{id}}", line="1", top="{{top}}"), "x=1"),
        ("/elsewhere", "other=1&top=a+b", values(top="a b"), "other=1"),
        ("/orders/7/lines/1", "top=1&top=2&&flag", values(top="1"), "top=2&flag"),
        ("", "?a%20b%26=%C3%BC", values(**{"a b&": "ü"}), ""),
    ],
)
def test_the_values_of_a_path_and_a_query(path, query, read, rest):
    found = read_fields(OPERATION, path, query)
    assert (found.values, found.rest) == (read, rest)


@pytest.mark.parametrize(
    ("given", "path", "query"),
    [
        (values(), "/orders/{id}/lines/{line}.json", ""),
        (values(id="a/b", line="{{line}}"), "/orders/a%2Fb/lines/{{line}}.json", ""),
        (values(id="x{{ id }}", line="{{a b}}"), "/orders/x{{id}}/lines/%7B%7Ba%20b%7D%7D.json", ""),
        (values(id="..", tag="x,y z", ids="1,2"), "/orders/../lines/{line}.json", "tag=x&tag=y%20z&ids=1,2"),
        (values(id="1", line="2", top="a+b#", **{"a b&": "="}), "/orders/1/lines/2.json", "top=a%2Bb%23&a%20b%26=%3D"),
        (values(id="\ud800", line="{id}"), "/orders/%3F/lines/%7Bid%7D.json", ""),
    ],
)
def test_what_the_values_make(given, path, query):
    assert written(OPERATION, FieldValues(given)) == (path, query)
    assert written(OPERATION, FieldValues(given, "x=1"))[1] == "&".join(part for part in (query, "x=1") if part)


def test_what_was_read_is_written_the_same():
    path, query = "/orders/a%2Fb/lines/{{n}}.json", "top=1&tag=x&tag=y%20z&extra=%7B"
    assert written(OPERATION, read_fields(OPERATION, path, query)) == (path, query)
