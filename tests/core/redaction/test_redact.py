"""The one redactor: canaries in every place and encoding, structure kept, personal claims pseudonymised."""

import base64
import html
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.redaction.names import MASK
from console.core.redaction.redact import (
    redact_body,
    redact_claims,
    redact_exchange,
    redact_headers,
    redact_text,
    redact_url,
)
from tests.core.tokens.wire import b64u, compact
from tests.patterns.growth import MOST, times_more, worst_growth

SECRET = 'Zx9/+q"ß&=\\canary~'
TOKEN = compact({"sub": "canary", "name": "ü"})
REDIRECT = "https://app/cb"


def shown(headers, **more):
    return dict(redact_headers(tuple(headers.items()), **more))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Authorization", f"Bearer {TOKEN}", "Bearer <token>"),
        ("authorization", "bearer opaque-reference-token", "bearer <token>"),
        ("Proxy-Authorization", "Basic dXNlcjpwYXNz", "Basic ***"),
        ("Authorization", f"Bearer Bearer {TOKEN}", "Bearer Bearer <token>"),
        ("Authorization", f"JWT {TOKEN}", "JWT <token>"),
        ("Authorization", TOKEN, "<token>"),
        ("Authorization", "plain-secret-value", "***"),
        ("Authorization", f'Bearer "{TOKEN}"', 'Bearer "<token>"'),
        ("Authorization", "Bearer [object Object]", "Bearer [object Object]"),
        ("Authorization", "Bearer undefined", "Bearer undefined"),
        ("Authorization", "Bearer ", "Bearer "),
        ("Authorization", "Bearer", "Bearer"),
        ("Authorization", f"Bearer  {TOKEN}", "Bearer  <token>"),
        ("Authorization", 'Digest username="u", response="6629fae49393a05397450978507c4ef1"', "Digest ***"),
        ("Authorization", "SharedAccessSignature sr=a&sig=abc", "SharedAccessSignature ***"),
        ("Bearer", TOKEN, "<token>"),
        ("DPoP", TOKEN, "<token>"),
        ("Cookie", "a=secret1; b=secret2", "a=***; b=***"),
        ("Cookie", "lonely-secret", "***"),
        (
            "Set-Cookie",
            "sid=secret; Path=/; Max-Age=60; HttpOnly; Secure",
            "sid=***; Path=/; Max-Age=60; HttpOnly; Secure",
        ),
        ("Ocp-Apim-Subscription-Key", "0123456789abcdef", "***"),
        ("X-API-Key", "short", "***"),
        ("My-Company-Api-Key", "short", "***"),
        ("X-Functions-Key", "k", "***"),
        (
            "Location",
            f"{REDIRECT}?code=0.AXEA&state=s#id_token={TOKEN}",
            f"{REDIRECT}?code=***&state=s#id_token=<token>",
        ),
        ("X-Trace", f"got {TOKEN} here", "got <token> here"),
        ("Content-Type", "application/json", "application/json"),
        (
            "WWW-Authenticate",
            'Bearer authorization_uri="https://login.example/t", error="invalid_token"',
            'Bearer authorization_uri="https://login.example/t", error="invalid_token"',
        ),
        (
            "WWW-Authenticate",
            'Bearer resource_metadata_address="x", Basic realm="r"',
            'Bearer resource_metadata_address="x", Basic realm="r"',
        ),
        ("WWW-Authenticate", "Bearer insufficient_scope_somewhere_documented_here.", "Bearer <token>"),
    ],
)
def test_a_header_loses_its_secret_and_keeps_its_facts(name, value, expected):
    assert shown({name: value})[name] == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://u:p@api.example/x?a=1", "https://u:***@api.example/x?a=1"),
        ("https://blob.example/c?sv=1&sig=ab%2Bc%3D&se=2", "https://blob.example/c?sv=1&sig=***&se=2"),
        ("https://f.example/api?code=abc", "https://f.example/api?code=***"),
        ("https://a.example/?Subscription-Key=abc", "https://a.example/?Subscription-Key=***"),
        ("https://a.example/?access%5Ftoken=abc", "https://a.example/?access%5Ftoken=<token>"),
        ("https://a.example/?q=client_secret", "https://a.example/?q=client_secret"),
        (f"https://a.example/{TOKEN}/x", "https://a.example/<token>/x"),
        ("https://a.example/?client_secret=", "https://a.example/?client_secret="),
        ("/relative?x=1", "/relative?x=1"),
    ],
)
def test_a_url_loses_its_secret_parameters(url, expected):
    assert redact_url(url) == expected


FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (
            "grant_type=client_credentials&client_id=c&client_secret=s%20x&scope=api",
            FORM,
            "grant_type=client_credentials&client_id=c&client_secret=***&scope=api",
        ),
        (
            f"client_assertion={TOKEN}&client_assertion_type=urn%3Aietf",
            FORM,
            "client_assertion=<token>&client_assertion_type=urn%3Aietf",
        ),
        ("code=abc&code_verifier=def&redirect_uri=x", (), "code=***&code_verifier=***&redirect_uri=x"),
        ('{"access_token": "opaque", "expires_in": 3599}', JSON, '{"access_token":"<token>","expires_in":3599}'),
        ('{"refresh_token":"0.A","id_token":null,"x":1.50}', JSON, '{"refresh_token":"***","id_token":null,"x":1.50}'),
        ('{"error": {"code": "BadRequest"}}', JSON, '{"error": {"code": "BadRequest"}}'),
        (
            '{"headers":{"Authorization":"Bearer abc","Cookie":"a=b"}}',
            JSON,
            '{"headers":{"Authorization":"Bearer <token>","Cookie":"***"}}',
        ),
        ('{"name":"client_secret","value":"s"}', JSON, '{"name":"client_secret","value":"***"}'),
        ('{"name":"name","value":"s"}', JSON, '{"name":"name","value":"s"}'),
        ('{"password":0,"pwd":false,"passphrase":[1]}', JSON, '{"password":"***","pwd":false,"passphrase":"***"}'),
        ('{"password":1,"password":2}', JSON, '{"password":"***","password":"***"}'),
        (json.dumps({"log": json.dumps({"client_secret": "s"})}), JSON, '{"log":"{\\"client_secret\\":\\"***\\"}"}'),
        ('{"next":"https://a/?sig=abc&x=1"}', JSON, '{"next":"https://a/?sig=***&x=1"}'),
        ('{"t":"\\u0065yJhbGciOiJIUzI1NiJ9.e30.c2ln"}', JSON, '{"t":"<token>"}'),
        ('{"access_token":"opaque", "cut', JSON, '{"access_token":"<token>", "cut'),
        ('{"password":"a\\"b", "cut', JSON, '{"password":"***", "cut'),
        ('"{\\"access_token\\":\\"opaque\\"} cut', JSON, '"{\\"access_token\\":\\"<token>\\"} cut'),
        ("<html>Cookie: a=b; c=d\nok</html>", (), "<html>Cookie: a=***; c=***\nok</html>"),
        ("", JSON, ""),
    ],
)
def test_a_body_is_masked_by_its_structure(body, headers, expected):
    assert redact_body(body.encode(), headers).decode() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"curl -H 'Authorization: Bearer {TOKEN}' https://a", "curl -H 'Authorization: Bearer <token>' https://a"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic ***"),
        ("use basic authentication here", "use basic authentication here"),
        ("Invalid client secret provided.", "Invalid client secret provided."),
        ("client_secret=abc123&x=1", "client_secret=***&x=1"),
        ("'client_secret': 'abc 123'", "'client_secret': '***'"),
        ("must contain 'client_assertion' or 'client_secret'.", "must contain 'client_assertion' or 'client_secret'."),
        ("-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- tail", "*** tail"),
        ("-----BEGIN PRIVATE KEY-----\nMII cut", "***"),
        (
            "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----",
        ),
        ("abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-", "***"),
        ("Ocp-Apim-Subscription-Key: 0123456789", "Ocp-Apim-Subscription-Key: ***"),
        ("see https://u:pw@host/x", "see https://u:***@host/x"),
        ("in five.parts eyJhbGciOiJkaXIifQ..iv.text.tag end", "in five.parts <token> end"),
        ("two eyJhbGciOiJkaXIifQ.e30 end", "two <token> end"),
        ("wrapped " + base64.b64encode(TOKEN.encode()).decode(), "wrapped <token>"),
        ("https%3A%2F%2Fa%3Fsig%3Dabcdef%26x", "https%3A%2F%2Fa%3Fsig%3D***"),
        ("kid eyJhbGciOiJSUzI1NiIsImtpZCI6Ik", "kid eyJhbGciOiJSUzI1NiIsImtpZCI6Ik"),
    ],
)
def test_a_shape_that_is_a_secret_is_masked_anywhere(text, expected):
    assert redact_text(text) == expected
    assert redact_text(expected) == expected


def utf16(text):
    return text.encode("utf-16-le").decode("latin-1")


ENCODINGS = {
    "plain": str,
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "path": urllib.parse.quote,
    "plus": urllib.parse.quote_plus,
    "lower percent": lambda text: (
        urllib.parse.quote(text, safe="")
        .replace("%2F", "%2f")
        .replace("%2B", "%2b")
        .replace("%C3%9F", "%c3%9f")
        .replace("%3D", "%3d")
        .replace("%5C", "%5c")
    ),
    "twice percent": lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""),
    "json": json.dumps,
    "json in utf-8": lambda text: json.dumps(text, ensure_ascii=False),
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "html": html.escape,
    "hex": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64url": b64u,
    "basic": lambda text: base64.b64encode(f"client:{text}".encode()).decode(),
    "basic, other position": lambda text: base64.b64encode(f"client1:{text}!".encode()).decode(),
    "basic, third position": lambda text: base64.b64encode(f"client12:{text}".encode()).decode(),
    "utf-16": utf16,
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_known_secret_is_masked_in_every_encoding(name):
    echoed = ENCODINGS[name](SECRET)
    cleaned = redact_text(f"<p>you sent {echoed} to us</p>", [Secret(SECRET)])
    assert "***" in cleaned
    assert not any(echoed[at : at + 12] in cleaned for at in range(2, len(echoed) - 14))


def test_a_known_opaque_token_and_the_signature_of_a_known_jwt_are_masked():
    signature = TOKEN.rpartition(".")[2]
    assert redact_text(f"sig {signature}!", [Secret(TOKEN)]) == "sig ***!"
    assert redact_text("t=reference-4711", [Secret("reference-4711")]) == "t=***"


@pytest.mark.parametrize(("secret", "is_masked"), [("abcde", False), ("abcdef", True)])
def test_only_secrets_of_six_characters_and_more_are_looked_for(secret, is_masked):
    assert ("***" in redact_text(f"x {secret} y", [Secret(secret)])) is is_masked


def test_an_exchange_comes_out_without_a_single_canary():
    request = Request(
        "POST",
        f"https://u:{SECRET[:3]}@idp/token?sig=canary#access_token=canary",
        (("Authorization", "Bearer canary-canary-canary"), ("Cookie", "c=canary"), ("X-Echo", SECRET)),
        f"client_secret={SECRET}".encode(),
    )
    response = Response(
        401,
        f"No {SECRET}",
        (("Set-Cookie", "s=canary"), ("X-Back", TOKEN)),
        json.dumps({"access_token": "canary", "you_sent": SECRET, "nested": [{"password": "canary"}]}).encode(),
    )
    failure = Failure(FailureKind.RESET, f"after {SECRET}", "x")
    cleaned = redact_exchange(Exchange(request, response, failure, 1.5, 20), [Secret(SECRET)])
    whole = f"{cleaned.request.url}{cleaned.request.headers}{cleaned.request.body!r}{cleaned.response.reason}"
    whole += f"{cleaned.response.headers}{cleaned.response.body!r}{cleaned.failure}"
    assert "canary" not in whole
    assert (cleaned.started_at, cleaned.elapsed_ms, cleaned.response.status, cleaned.failure.kind) == (
        1.5,
        20,
        401,
        "reset",
    )


def test_an_exchange_without_secrets_is_unchanged():
    exchange = Exchange(
        Request("GET", "https://a/b?x=1", (("Accept", "*/*"),)),
        Response(200, "OK", (), b'{ "a": [1, 2] }\n'),
        None,
        0,
        1,
    )
    assert redact_exchange(exchange) == exchange


def test_of_bytes_that_are_no_text_size_and_digest_are_kept():
    assert redact_body(bytes(range(256))).startswith(b"[Not text: 256 bytes, SHA-256 40aff2e9d2d8922e")


@pytest.mark.parametrize(
    "command",
    [
        "curl -u 'me:s3cr3t-value' https://id.example/token",
        "curl -ume:s3cr3t-value https://id.example/token",
        'curl --user "me:s3cr3t-value" https://id.example/token',
        "curl --proxy-user=me:s3cr3t-value https://id.example/token",
        "curl -b session=s3cr3t-value https://a.example",
        "curl --cookie 'a=s3cr3t-value; b=s3cr3t-value' https://a.example",
    ],
)
def test_what_an_option_of_a_command_gives_is_masked(command):
    told = redact_text(command)
    assert "s3cr3t-value" not in told and MASK in told and "https://" in told


def test_a_user_without_password_and_a_file_of_cookies_stay():
    for command in ("curl -u me https://a.example", "curl -b cookies.txt https://a.example", "docker run -u 10:20 x"):
        assert redact_text(command) == command


LETTERS = [chr(code) for code in range(128)]
PIECES = [
    "eyJ",
    "eyJa.",
    "-----BEGIN PRIVATE KEY-----",
    "password ",
    "password=",
    'password="\\',
    "bearer ",
    "basic a",
    "cookie:",
    "cookie: a=b;",
    "authorization: ",
    "Q~",
    "ZXlK",
    "://a:",
    "://a@",
    "&sig=",
    "access_token\\\\",
    '{"password":',
    "[",
    '"',
    "%3D",
    "\ud800",
    "a@b.c ",
    "curl -u a:",
    "curl -b a=",
    " -b '",
]


def test_no_text_of_one_repeated_piece_changes_the_amount_of_work_per_character():
    growths = {piece: worst_growth(redact_text, "", piece) for piece in [*LETTERS, *PIECES]}
    assert {piece: growth for piece, growth in growths.items() if growth > MOST} == {}


@pytest.mark.parametrize("piece", ["a", "eyJa.", "%3D", "password=", SECRET[:6], TOKEN[:12]])
def test_with_known_secrets_the_work_grows_with_the_text_only(piece):
    def redacted(text):
        return redact_text(text, [Secret(SECRET), Secret(TOKEN)])

    text = piece * (16_000 // len(piece))  # so long that looking is more work than getting ready for the secrets
    assert times_more(redacted, text, text * 4) < MOST


@given(st.text(st.characters()))
def test_any_text_is_redacted_without_an_error_and_masking_again_changes_nothing(text):
    once = redact_text(text)
    assert redact_text(once) == once
    redact_url(text)
    redact_body(text.encode("utf-8", "replace"))
    redact_headers((("Authorization", text), ("Cookie", text), ("Location", f"https://{text}")))


@given(st.text(min_size=6), st.text(max_size=5), st.text(max_size=5))
def test_a_known_secret_never_survives_in_plain(secret, before, after):
    mask_is_no_part = not set(secret) <= set("*<token>")
    if mask_is_no_part:
        assert secret not in redact_text(before + secret + after, [Secret(secret)]) or secret in before + "***" + after


KEY = b"one installation"


def test_personal_claims_become_stable_pseudonyms_and_the_rest_stays():
    claims = {
        "oid": "o1",
        "sub": "o1",
        "upn": "bob@example.com",
        "name": "Bob",
        "aud": "api://a",
        "roles": ["r"],
        "exp": 1,
        "tid": "t",
    }
    redacted = redact_claims(claims, key=KEY)
    assert redacted.claims["oid"] == redacted.claims["sub"]
    assert redacted.claims["oid"].startswith("anon-")
    assert {name: redacted.claims[name] for name in ("aud", "roles", "exp", "tid")} == {
        "aud": "api://a",
        "roles": ["r"],
        "exp": 1,
        "tid": "t",
    }
    assert redacted.masked == (("oid", 1), ("sub", 1), ("upn", 1), ("name", 1))
    assert redacted.summary == "4 personal values hidden (oid, sub, upn, name)."
    assert redact_claims(claims, key=KEY) == redacted
    assert redact_claims(claims, key=b"another").claims["oid"] != redacted.claims["oid"]


@pytest.mark.parametrize(
    ("claims", "hidden"),
    [
        ({"contact": "bob@example.com"}, "bob"),
        ({"address": {"street": "Elm 1"}}, "Elm"),
        ({"emails": ["a@b.de", "c@d.de"]}, "@"),
        ({"act": {"sub": "bob"}}, "bob"),
        ({"pid": 12345678901}, "12345678901"),
        ({"PUID": "1003"}, "1003"),
    ],
)
def test_personal_values_are_found_in_lists_objects_and_under_other_names(claims, hidden):
    assert hidden not in json.dumps(redact_claims(claims, key=KEY).claims)


def test_nothing_masked_is_said_by_nothing():
    redacted = redact_claims({"aud": "a", "name": None, "email_verified": True}, key=KEY)
    assert redacted.claims == {"aud": "a", "name": None, "email_verified": True}
    assert redacted.summary == ""


@pytest.mark.parametrize("dot", [".", "%2E", "%2e", "%252E"])
def test_a_token_in_an_address_is_one_however_its_dots_are_written(dot):
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl".replace(".", dot)
    assert redact_text(f"/orders/{token}/lines") == "/orders/<token>/lines"
    assert redact_text("eyJwYWdl%20eyJhIjoxfQ") == "eyJwYWdl%20eyJhIjoxfQ"


@pytest.mark.parametrize("place", ["[token]", "<token>", "{{access_token}}", "<your-access-token>", "[JWT]"])
def test_what_stands_for_a_token_in_a_sentence_is_none(place):
    assert redact_text(f"Format is Authorization: Bearer {place}") == f"Format is Authorization: Bearer {place}"


@pytest.mark.parametrize("value", ["[s3cr3t-of-the-quay]", "[token]s3cr3t", "<token-0a1b2c3d4e5f>"])
def test_what_stands_in_brackets_and_is_no_such_word_is_masked(value):
    assert value not in redact_text(f"Authorization: Bearer {value}")
