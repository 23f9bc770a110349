"""A canary in every place of a call is in nothing that is kept, shown, or copied of it, typed or past."""

import base64
import re
from dataclasses import replace

import pytest

from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.exchange import Exchange, Purpose, Request, Response
from console.core.redaction.names import MASK, TOKEN
from console.core.redaction.redact import Redactor, redact_text
from console.core.redaction.typed import typed_secrets
from console.core.snippets import SNIPPETS
from console.core.snippets.hidden import call_of, count_hidden, texts_of
from tests.core.redaction.canaries import BODIES, CANARY, EVERY, FIVE, HEADERS, JWT, PATHS, QUERIES, SPACED

NUMBER = "740113990217"
PLACES = {
    **{
        name: ApiCall("POST", "/orders", headers=(kind,) if kind else (), body=text)
        for name, (kind, text) in BODIES.items()
    },
    **{name: ApiCall("POST", "/orders", query=text) for name, text in QUERIES.items()},
    **{name: ApiCall("POST", path) for name, path in PATHS.items()},
    **{name: ApiCall("POST", "/orders", headers=(pair,)) for name, pair in HEADERS.items()},
}
ONLY_TYPED = {"a header of a word"}  # a name that says nothing for certain: hidden in what was typed, and in its echo
places = pytest.mark.parametrize("place", PLACES)


def canaries(text):
    """What of the canary is in a text, as it is and in base64 (as people decode it)."""
    forms = {
        CANARY,
        EVERY,
        NUMBER,
        *(token.rpartition(".")[2] for token in (JWT,)),
        FIVE.split(".")[3],
        SPACED.split(".")[3],
    }
    found = {form for form in forms if form in text}
    for run in re.findall(r"[A-Za-z0-9+/_-]{16,}", text):
        plain = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            part = plain[start : start + (len(plain) - start) // 4 * 4]
            if CANARY.encode() in base64.b64decode(part):
                found.add(f"base64 of it in {run[:20]}…")
    return found


def request_of(call):
    query = f"?{call.query}" if call.query else ""
    return Request(call.method, f"https://api.example{call.path}{query}", call.headers, call.body.encode())


def exchange_of(call, redactor):
    """What was sent, and the same given back."""
    request = request_of(call)
    echo = Response(400, "Bad", tuple(pair for pair in call.headers if pair[0] != "Cookie"), request.body)
    return redactor.exchange(Exchange(request, echo, None, 0.0, 1, purpose=Purpose.CALL))


@pytest.mark.parametrize("place", [one for one in PLACES if one not in ONLY_TYPED])
def test_redaction_alone_finds_it_and_counts_it(place):
    cleaned = exchange_of(PLACES[place], Redactor(()))
    assert canaries("\n".join(texts_of(cleaned))) == set()
    assert count_hidden(texts_of(cleaned)) >= 1
    again = Redactor(()).exchange(cleaned)
    assert again == cleaned


@places
def test_no_export_of_it_has_the_canary(place):
    """As it was typed, and of the past, in each language that is offered."""
    call = PLACES[place]
    redactor = Redactor(typed_secrets(call))
    exchange = exchange_of(call, redactor)
    typed, past = call_of(redactor.request(request_of(call))), call_of(exchange.request, exchanges=(exchange,))
    written = [
        (one.code, one.write(each, None)) for one in SNIPPETS for each in (typed, past) if not one.problem(each, None)
    ]
    assert len(written) > len(SNIPPETS)
    assert [(code, found) for code, text in written if (found := canaries(text))] == []


@places
def test_what_was_typed_is_known_wherever_it_is_given_back(place):
    """In words that no structure shows: an error page that repeats it."""
    secret = NUMBER if "a number" in place else CANARY
    typed = typed_secrets(PLACES[place])
    if any(secret in one.reveal() for one in typed):
        assert secret not in redact_text(f"The value {secret} is not allowed.", typed)
    else:
        assert any(one.reveal() in (JWT, FIVE, SPACED, FIVE.replace(".", "%2E")) for one in typed) or place in NOT_KNOWN


# Texts that only the sweep sees: the secret is hidden where it stands, and not looked for in the answer.
NOT_KNOWN = {
    *("XML in a text", "JSON, a pair that is cut", "a user in an address", "a user without a password"),
    *(
        "percent-encoded in a text",
        "percent-encoded twice",
        "an address in a header",
        "a form, its name percent-encoded",
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        "<html><title>401</title><h1>Password expired</h1><p>Reset your <a href='/password'>password</a></p></html>",
        '<form><label for="password">Password</label><input type="password" name="password"><br>More</form>',
        "Send it as Authorization: Bearer <token>, or as <token> alone.",
        '{"error":"invalid_client","error_description":"The client secret is wrong","parameter":"client_secret"}',
        '{"errors":[{"field":"password","message":"must not be empty"},{"name":"key","value":"a"}]}',
        '{"missing":["client_secret","code"],"required":["password","token"]}',
        "https://login.example/authorize?redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fa%3D1&scope=a%20b",
        "name=chair&value=12&key_count=3",
        '<policies><set-header name="X-Color" exists-action="override"><value>red</value></set-header></policies>',
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9",
        "aGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4gdGV4dA==",
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/example/providers/Microsoft.Web",
        "https://a.example/v1/orders;a=1?x=%C3%A9",
        "<a>1</a><b>2</b>",
    ],
)
def test_what_is_no_secret_stays(text):
    request = Request("POST", "https://a.example/", (), text.encode())
    assert Redactor(()).request(request).body.decode() == text


def test_a_document_keeps_its_form():
    body = '<?xml version="1.0"?>\n<login a="1">\n  <password>\n    x1\n  </password>\n  <i>2</i>\n</login>\n'
    shown = Redactor(()).body(body.encode(), ()).decode()
    assert shown == body.replace("x1", MASK)
    form = "a=%7B%22password%22%3A%22x%22%2C%22b%22%3A1%7D&c=2"
    assert Redactor(()).body(form.encode(), ()).decode() == 'a={"password":"***","b":1}&c=2'


def test_the_scheme_of_a_pair_that_is_a_header_stays():
    body = b'{"headers":[{"name":"Authorization","value":"Bearer abcdefgh"},{"name":"Cookie","value":"a=b"}]}'
    shown = Redactor(()).body(body, ()).decode()
    assert (
        shown
        == f'{{"headers":[{{"name":"Authorization","value":"Bearer {TOKEN}"}},{{"name":"Cookie","value":"***"}}]}}'
    )


def test_a_call_without_secrets_has_none_that_are_looked_for():
    call = replace(PLACES["a form"], body="name=chair&value=12", query="top=1")
    assert typed_secrets(call) == []
    assert [one.reveal() for one in typed_secrets(PLACES["a form, a pair"])] == [CANARY]
    assert Secret(CANARY) in typed_secrets(PLACES["a part of JSON"])
    call = replace(call, body='{"token": {"type": "bearer", "of": "4711-abcdef"}}')
    assert [one.reveal() for one in typed_secrets(call)] == ["4711-abcdef"]
