"""The headers of a call as a value for each header parameter, and back; never what the console sets itself."""

import pytest

from console.core.openapi.header_fields import HeaderValues, header_fields, read_headers, written_headers
from console.core.openapi.model import DocumentOperation, OperationParameter

TOKEN_AND_THE_LIKE = (
    "Authorization", "authorization", "Cookie", "Content-Type", "Accept", "X-OWN-KEY",
    "Host", "Content-Length", "DPoP", "Proxy-Authorization", "Transfer-Encoding", "no name", "",
)  # fmt: skip


def operation(*names):
    parameters = [OperationParameter(name, "header") for name in names]
    others = [OperationParameter("X-Query", "query"), OperationParameter("session", "cookie")]
    return DocumentOperation("GET", "/orders", parameters=(*others, *parameters))


def fields(*names):
    return header_fields(operation(*names), key_header="X-Own-Key")


def test_each_header_parameter_has_a_field_once_in_the_order_of_the_document():
    assert [one.name for one in fields("X-Tenant", "If-Match", "x-tenant", "Accept-Language")] == [
        "X-Tenant",
        "If-Match",
        "Accept-Language",
    ]


@pytest.mark.parametrize("name", TOKEN_AND_THE_LIKE)
def test_what_the_console_sets_itself_has_none(name):
    assert fields(name) == []


# headers, values of the fields X-A and X-B, the rest
READ = [
    ((), ("", ""), ()),
    ((("x-a", "1"), ("X-C", "3")), ("1", ""), (("X-C", "3"),)),
    ((("X-A", ""), ("X-C", "")), ("", ""), (("X-C", ""),)),
    ((("X-A", "1"), ("X-C", "3"), ("X-A", "2")), ("2", ""), (("X-A", "1"), ("X-C", "3"))),
]


@pytest.mark.parametrize(("headers", "values", "rest"), READ, ids=range(len(READ)))
def test_headers_are_read_into_fields_and_what_is_beside_them(headers, values, rest):
    found = read_headers(fields("X-A", "X-B"), headers)
    assert (tuple(found.values.values()), found.rest) == (values, rest)
    again = read_headers(fields("X-A", "X-B"), written_headers(found))
    assert again == found


def test_a_field_that_is_empty_sends_no_header():
    assert written_headers(HeaderValues({"X-A": "", "X-B": "2"}, (("X-C", ""),))) == (("X-C", ""), ("X-B", "2"))
