"""What a policy writes and no HTTP answer can carry is told in a sentence instead."""

import json
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

import pytest

from tests.sandbox.builders import answered, call, fresh

BEGIN = "The sandbox gateway cannot send the answer that the policy gives. "


def gateway_says(inner):
    policy = f"<policies><inbound><return-response>{inner}</return-response></inbound></policies>"
    apis = tuple(replace(api, policy=policy, requires_key=False) for api in fresh().gateway_apis)
    return answered(call(), replace(fresh(), gateway_apis=apis))


def status(code, reason=""):
    attribute = quoteattr(reason, {"\n": "&#10;", "\r": "&#13;"})
    return f'<set-status code="{code}" reason={attribute} />'


def with_header(name, value="v"):
    written = quoteattr(name, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f"<set-header name={written}><value>{escape(value)}</value></set-header>"


UNSENDABLE = [
    (status(code), f"Its status is {code}, and an answer has one from 200 to 599. Set a status in that range.")
    for code in (100, 101, 199, 600, 999)
]
REASON = (
    "Its reason phrase has {}, and a status line takes printable Latin-1 only. "
    "Write the reason in such characters, or say it in the body."
)
UNSENDABLE += [
    (status(200, reason), REASON.format(found))
    for reason, found in (
        ("a\nSet-Cookie: b", "U+000A at position 2"),
        ("\r", "U+000D at position 1"),
        ("日本", "U+65E5 at position 1"),
        ("x\u0080", "U+0080 at position 2"),
        ("x\u007f", "U+007F at position 2"),
    )
]
NAME = (
    "It has a header called {}, and a header's name has no blank, line break or special letter. "
    "Name it with letters, digits and hyphens."
)
UNSENDABLE += [
    (with_header(name), NAME.format(shown))
    for name, shown in (
        ("X\nY", r"'X\nY'"),
        ("X\r", r"'X\r'"),
        ("X日", r"'X\u65e5'"),
        ("Xé", r"'X\xe9'"),
        ("a b", "'a b'"),
        ("a:b", "'a:b'"),
        (" ", "' '"),
        ("(" * 99, f"'{'(' * 60}'"),
    )
]
VALUE = (
    "The value of its header X-A has {}, and a header takes printable Latin-1 only. "
    "Write the value in such characters, or say it in the body."
)
UNSENDABLE += [
    (with_header("X-A", value), VALUE.format(found))
    for value, found in (("secret 日", "U+65E5 at position 8"), ("a\u0081b", "U+0081 at position 2"))
]


@pytest.mark.parametrize(("inner", "told"), UNSENDABLE, ids=ascii)
def test_what_http_cannot_carry_is_told_in_a_sentence(inner, told):
    response = gateway_says(inner + "<set-body>never sent</set-body>")
    assert (response.status, response.reason) == (500, "Internal Server Error")
    assert [name for name, _ in response.headers] == ["Content-Type", "Date", "Cache-Control"]
    assert json.loads(response.body) == {"statusCode": 500, "message": BEGIN + told}


def test_the_sentence_never_shows_a_headers_value():
    assert b"secret" not in gateway_says(with_header("X-A", "secret 日")).body


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (status(200), (200, "OK")),
        (status(599, "Own words"), (599, "Own words")),
        (status(302, "Größe ÿ\u00a0"), (302, "Größe ÿ\u00a0")),
        (with_header("X!#$%&'*+.^_`|~9", "é ~"), (200, "OK")),
    ],
)
def test_what_http_can_carry_is_answered_as_written(inner, wanted):
    response = gateway_says(inner)
    assert (response.status, response.reason) == wanted


def test_a_status_of_a_mock_is_looked_at_too():
    policy = '<policies><inbound><mock-response status-code="100" /></inbound></policies>'
    apis = tuple(replace(api, policy=policy, requires_key=False) for api in fresh().gateway_apis)
    response = answered(call(), replace(fresh(), gateway_apis=apis))
    assert (response.status, b"Its status is 100" in response.body) == (500, True)


def test_an_answer_in_process_is_what_the_policy_wrote():
    written = [("Content-Type", "text/html"), ("Set-Cookie", "sessionid=evil"), ("Location", "https://evil.example/")]
    response = gateway_says("".join(with_header(*one) for one in written) + "<set-body>&lt;script></set-body>")
    assert [*response.headers[:3]] == written
    assert response.body == b"<script>"
