"""What an operation fills in, and which operation a path is."""

import pytest

from console.core.openapi.filling import filled, matched, open_parts
from console.core.openapi.model import DocumentOperation, OperationBody, OperationParameter


def test_required_parameters_headers_and_body_are_filled_in_with_examples():
    operation = DocumentOperation(
        "POST",
        "/orders/{id}/lines/{line}",
        parameters=(
            OperationParameter("id", "path", True, example="A 1/2"),
            OperationParameter("line", "path", True),
            OperationParameter("top", "query", True, example="10"),
            OperationParameter("state", "query", True, choices=("new", "paid")),
            OperationParameter("skip", "query", example="5"),
            OperationParameter("X-Trace", "header", True, example="abc\r\nX-Evil: 1"),
            OperationParameter("X-Key", "header", True, example="k"),
            OperationParameter("Authorization", "header", True),
        ),
        body=OperationBody("application/json", "{}"),
    )
    call = filled(operation, key_header="x-key")
    assert (call.method, call.path) == ("POST", "/orders/A%201%2F2/lines/{line}")
    assert call.query == "top=10&state=new"
    assert call.headers == "X-Trace: abc X-Evil: 1\nContent-Type: application/json"
    assert call.body == "{}"
    assert open_parts(call.path) == ["line"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/orders/mine", "/orders/mine"),
        ("/orders/7", "/orders/{id}"),
        ("orders/7/", "/orders/{id}"),
        ("/orders/7.json", "/orders/{id}.json"),
        ("/orders/user(7)", "/orders/user({id})"),
        ("/orders", None),
        ("/orders/7/lines", None),
        ("/orders/", None),
    ],
)
def test_a_path_is_the_operation_with_the_most_fixed_parts(path, found):
    paths = ("/orders/{id}", "/orders/{id}.json", "/orders/user({id})", "/orders/mine", "/other/{id}")
    operation = matched([DocumentOperation("GET", one) for one in paths], path)
    assert (operation.path if operation else None) == found
