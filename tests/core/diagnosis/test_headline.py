"""The first line says who answered what because of what, and nothing twice."""

import pytest

from console.core.diagnosis import explain, read_evidence

CALL = {"method": "GET", "url": "https://api.example/v1/stock", "headers": {"Authorization": "Bearer <token>"}}
ASKED = {"endpoint": "https://id.example/token", "params": {"grant_type": "client_credentials"}}
UNKNOWN_CLIENT = "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'."


@pytest.mark.parametrize(
    ("members", "line"),
    [
        (
            {"request": CALL, "response": {"status": 502, "body": "<html><title>502 Bad Gateway</title></html>"}},
            "A server in between answered 502: it got no proper answer from the API behind it.",
        ),
        (
            {"request": CALL, "response": {"status": 500, "body": {"title": "An error occurred."}}},
            "The API answered 500: it failed itself, after the call was let through.",
        ),
        (
            {
                "token_request": ASKED,
                "token_error": {"error": "unauthorized_client", "error_description": UNKNOWN_CLIENT},
            },
            "The identity provider answered AADSTS700016 because the client id names no application.",
        ),
        ({"request": CALL, "response": {"failure": "dns"}}, "api.example cannot be reached."),
        (
            {"token_request": ASKED, "response": {"failure": "timeout"}},
            "id.example gave no answer; nothing in the request is wrong.",
        ),
        ({"request": CALL, "response": {"failure": "tls"}}, "The certificate of api.example is not trusted."),
    ],
)
def test_the_first_line(members, line):
    primary = explain(read_evidence(members)).primary
    assert primary is not None
    assert primary.what == line
