"""Whatever is sent to a played provider, it answers in its own shape: nothing raises."""

import base64
import json

import pytest

from console.core.exchange import Request
from console.sandbox.providers import PLAYED
from tests.sandbox.builders import BASE, FORM, NOW
from tests.sandbox.providers import test_generic as generic
from tests.sandbox.providers import test_maskinporten as maskinporten
from tests.sandbox.providers import test_tokenx as tokenx
from tests.sandbox.providers.builders import post, visited

ADDRESSES = [f"/{one.segment}{path}" for one in PLAYED for path in one.endpoints]
BODIES = [
    b"",
    b"\xff\xfe\x00",
    b"%ff=%fe&client_id=%00",
    b"client_id",
    b"&&&===",
    b"client_id=a&client_id=b",
    b"grant_type=" + b"x" * 100_000,
    b"asked=%ff&ticket=1.2",
    b"ticket=x&person=%00",
    b"a=b&" * 3000,
    b"user_code=%F0%9F%92%A9&ticket=9",
    b"token=a.b.c&client_id=x&client_secret=%FF",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_body_and_no_query_makes_an_address_fail(address, method):
    for body in BODIES:
        query = body.decode("latin-1")
        requests = (
            Request(method, f"{BASE}{address}?{query}", (FORM,), body),
            Request(method, f"{BASE}{address}", (("Content-Type", "text/plain"), ("DPoP", query[:99])), body),
            Request(method, f"{BASE}{address}", (FORM, ("Authorization", f"Basic {query[:99]}")), body),
            Request(method, f"{BASE}{address}", (FORM, ("Authorization", f"Bearer {query[:99]}")), body),
        )
        for request in requests:
            assert visited(request)[0].status in (200, 303, 400, 401, 403, 404, 405)


def jws(header: str, payload: str) -> str:
    """A text in the shape of a token, of two JSON texts."""
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in (header, payload, "sig"))


ODD = [
    '"\\ud800"',
    "1e400",
    "-1",
    "null",
    "true",
    "[]",
    "{}",
    '[["a"]]',
    '{"a":' * 40 + "1" + "}" * 40,
    str(10**400),
    '"' + "x" * 5000 + '"',
    "0.5",
]
NAMES = ("iss", "sub", "aud", "exp", "cnf", "\\ud800")


def texts():
    """Tokens with an odd value in each place, their header and their claims among it."""
    for odd in ODD:
        yield jws(odd, "{}")
        yield jws(f'{{"alg":"RS256","kid":{odd},"typ":{odd},"jwk":{odd}}}', "{}")
        yield jws('{"alg":"RS256"}', odd)
        for name in NAMES:
            yield jws('{"alg":"RS256"}', f'{{"{name}":{odd}}}')


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/maskinporten/token", {"grant_type": maskinporten.GRANT, "assertion": None}),
        ("/tokenx/token", tokenx.form(client_assertion=None)),
        ("/tokenx/token", tokenx.form(subject_token=None)),
        ("/generic/token", {"grant_type": "client_credentials", **generic._assertion("x"), "client_assertion": None}),
        ("/generic/introspect", {**generic.own(), "token": None}),
        ("/generic/revoke", {**generic.own(), "token": None}),
        ("/generic/logout", {"id_token_hint": None}),
    ],
)
def test_no_token_makes_an_address_fail(path, fields):
    (open_field,) = [name for name, value in fields.items() if value is None]
    for text in texts():
        assert visited(post(path, {**fields, open_field: text}))[0].status < 500


def test_no_proof_and_no_bearer_makes_an_address_fail():
    for text in texts():
        for headers in ((("DPoP", text),), (("Authorization", f"DPoP {text}"), ("DPoP", text))):
            assert visited(post("/generic/token", generic.own(), *headers))[0].status < 500
            request = Request("GET", f"{BASE}/gateway/partners/orders", headers)
            assert visited(request)[0].status < 500
            assert visited(Request("GET", f"{BASE}/generic/userinfo", headers))[0].status < 500


SIGNED = {**maskinporten.claims(), "iss": maskinporten.BY_KEY.id}


@pytest.mark.parametrize("name", ["aud", "iat", "exp", "jti", "scope", "resource", "pid", "consumer_org", "\ud800"])
def test_no_claim_of_a_grant_that_is_signed_makes_it_fail(name):
    for odd in ODD:
        value = json.loads(odd) if odd != str(10**400) else 10**300
        assertion = maskinporten.signed({**SIGNED, name: value}, key="client")
        assert maskinporten.ask(assertion)[0].status < 500


@pytest.mark.parametrize("name", ["aud", "iat", "exp", "nbf", "jti", "x"])
def test_no_claim_of_an_assertion_that_is_signed_makes_it_fail(name):
    for odd in ODD:
        value = json.loads(odd) if odd != str(10**400) else 10**300
        assert tokenx.exchange(client_assertion=tokenx.assertion(**{name: value})).status < 500
        form = {"grant_type": "client_credentials", **generic._assertion(generic.KEY.id, **{name: value})}
        assert visited(post(generic.TOKEN, form), now=NOW)[0].status < 500
