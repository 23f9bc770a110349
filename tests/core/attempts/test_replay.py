"""A call of the past fills the form again with what was kept of it; what was not is said, each in a sentence."""

import pytest

from console.core.attempts.replay import replay
from console.core.exchange import Request
from console.core.redaction.bodies import told
from console.web.forms.calls import CallForm

BASE = "https://api.example/orders/"
ADDED = (
    ("Authorization", "Bearer <token>"),
    ("Ocp-Apim-Subscription-Key", "***"),
    ("DPoP", "<token>"),
    ("User-Agent", "token-console"),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip, identity"),
)
TODAY = "The token of then is not kept: one of today is sent."


def replayed(url="https://api.example/orders/7?top=1", headers=ADDED, body=b"", method="POST"):
    return replay(Request(method, url, headers, body), base_url=BASE, key_header="ocp-apim-subscription-key")


def test_what_the_console_adds_is_added_again_and_what_was_typed_stands_there():
    found = replayed(headers=(*ADDED, ("X-A", "1"), ("accept", "text/csv")), body='{"a": "ü"}'.encode())
    assert (found.method, found.path, found.query) == ("POST", "/7", "top=1")
    assert found.headers == (("X-A", "1"), ("accept", "text/csv"))
    assert found.body == '{"a": "ü"}'
    assert found.sends_token and found.sends_subscription_key
    assert found.missing == (TODAY,)


def test_without_token_and_key_none_is_sent_and_a_typed_one_is_asked_for():
    found = replayed(headers=(("Authorization", "Basic ***"), ("X-Api-Key", "***")))
    assert not found.sends_token and not found.sends_subscription_key
    assert found.headers == (("Authorization", "Basic "), ("X-Api-Key", ""))
    assert found.missing == (
        "The value of the header Authorization was hidden: type it again.",
        "The value of the header X-Api-Key was hidden: type it again.",
    )


def test_what_was_hidden_in_the_address_is_asked_for_and_a_path_with_a_hole_is_not_sent():
    found = replayed("https://api.example/orders/***/x?top=1&api_key=***&a", headers=())
    assert (found.path, found.query) == ("/{hidden}/x", "top=1&api_key=&a")
    assert found.missing == (
        "A part of the path was hidden: put it where {hidden} stands.",
        "The value of api_key in the query was hidden: type it again.",
    )
    assert "path" in CallForm({"method": "GET", "path": found.path}).errors


def test_another_address_is_said():
    found = replayed("https://old.example/v1/orders/7", headers=())
    assert found.path == "/v1/orders/7"
    assert found.missing == (
        "It was sent to another address, https://old.example/v1/orders/7. Now it goes below "
        "https://api.example/orders: look at the path.",
    )
    assert replayed("https://api.example/orders-of-all", headers=()).missing, "not below the base URL"


BODIES = {
    "one": (
        b'{"password": "***"}',
        '{"password": "***"}',
        "One value of the body was hidden: type over the *** there.",
    ),
    "two": (b"a=***&b=<token>", "a=***&b=<token>", "2 values of the body were hidden: type over the *** there."),
    "bytes": (told(b"\x00\x01"), "", "The body was not kept: what is secret in it cannot be told. Type it again."),
}


@pytest.mark.parametrize(("body", "text", "missing"), BODIES.values(), ids=BODIES)
def test_what_of_a_body_was_not_kept_is_said(body, text, missing):
    found = replayed(headers=(), body=body.encode() if isinstance(body, str) else body)
    assert (found.body, found.missing) == (text, (missing,))


def test_a_method_that_the_form_does_not_offer_is_get():
    assert replayed(method="PURGE", headers=()).method == "GET"


def test_the_timeout_of_then_is_there_again():
    sent = Request("GET", "https://api.example/orders/7", timeout_s=5)
    assert replay(sent, base_url=BASE, key_header="x-key").timeout_s == 5
    assert replayed().timeout_s is None
