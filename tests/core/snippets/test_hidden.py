"""What is masked in a request becomes a variable of the snippet, named after where it stood, and is counted."""

import pytest

from console.core.exchange import Request
from console.core.redaction.redact import Redactor
from console.core.snippets.hidden import call_of
from tests.core.snippets.calls import TOKEN, order


def made(*headers, url="https://a.example/", body=b"", method="POST"):
    return call_of(Redactor(()).request(Request(method, url, headers, body)))


def names(call):
    return [one.name for one in call.variables]


def test_each_hidden_value_has_a_variable_of_its_own():
    call = order()
    assert names(call) == ["SUBSCRIPTION_KEY", "ACCESS_TOKEN", "OCP_APIM_SUBSCRIPTION_KEY", "CLIENT_SECRET_2"]
    assert call.token.name == "ACCESS_TOKEN"
    assert dict(call.headers)["Authorization"] == ("Bearer ", call.token)
    assert [one.label for one in call.variables][1:3] == [
        "The access token",
        "The value of the header Ocp-Apim-Subscription-Key",
    ]


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        (made(("Authorization", "Basic dXNlcjpwYXNzd29yZA==")), ["AUTHORIZATION_VALUE"]),
        (made(("Cookie", "session=abcdefgh; theme=12345678")), ["SESSION_VALUE", "THEME_VALUE"]),
        (made(url="https://a.example/?sig=abcdefghij"), ["SIG_VALUE"]),
        (
            made(body=b"grant_type=x&password=abcdefgh&pwd=qwertyui"),
            ["PASSWORD_VALUE", "PWD_VALUE"],
        ),  # PWD is the shell's
        (made(body=b'{"access_token": "abcdefgh"}'), ["ACCESS_TOKEN_2"]),  # that of the call is another one
        (made(("X-One", TOKEN), ("X-Two", TOKEN)), ["X_ONE", "X_TWO"]),
        (made(("X-Plain", "nothing")), []),
        (made(body=b"<a><w:Password t='x'>abcdefgh</w:Password></a>"), ["PASSWORD_VALUE"]),
        (made(body=b'{"key":"db_password","value":"abcdefgh"}'), ["DB_PASSWORD"]),
        (made(body=b"<a><add key='ApiKey' value='abcdefgh'/></a>"), ["APIKEY_VALUE"]),
        (made(body=b'--Xy\r\nContent-Disposition: form-data; name="pwd"\r\n\r\nx\r\n--Xy--'), ["PWD_VALUE"]),
    ],
)
def test_a_variable_is_named_after_where_it_stood(call, wanted):
    assert names(call) == wanted


def test_a_proof_of_possession_and_what_the_tool_writes_itself_are_left_out():
    call = made(("DPoP", TOKEN), ("Content-Length", "3"), ("Host", "a.example"), ("X-A", "b"))
    assert [name for name, _ in call.headers] == ["X-A"]
    assert len(call.left_out) == 1 and "DPoP" in call.left_out[0]


def test_a_body_that_was_not_kept_is_not_sent_as_its_description():
    call = made(body=b"\x00\x01\x02\xff\xfe" * 20)
    assert call.body is None
    assert "was not kept" in call.left_out[0]
