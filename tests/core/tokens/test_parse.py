"""Parsing: each defect by its code, parts independent, wrappings, sizes, and any text at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.json.text import json_text
from console.core.paste.recognise import recognise
from console.core.tokens.claims import describe, describe_header
from console.core.tokens.parse import MAX_CHARACTERS, parse
from console.core.tokens.token import Token, TokenKind
from tests.core.tokens.wire import b64u, codes, compact

HEADERS = [
    ({"alg": "none"}, "unsecured-alg"),
    ({"alg": "nOnE"}, "unsecured-alg"),
    ({"alg": "none "}, "unsecured-alg"),
    ({"alg": "ｎｏｎｅ"}, "unsecured-alg"),
    ({"alg": "no\u200bne"}, "unsecured-alg"),
    ({}, "alg-missing"),
    ({"alg": None}, "alg-not-a-string"),
    ({"alg": 1}, "alg-not-a-string"),
    ({"alg": ["RS256"]}, "alg-not-a-string"),
    ({"alg": {"a": 1}}, "alg-not-a-string"),
    ({"alg": "HS256", "kid": 42}, "kid-not-a-string"),
    ({"alg": "HS256", "kid": ["a"]}, "kid-not-a-string"),
    ({"alg": "HS256", "kid": "../../dev/null"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "/etc/passwd"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "x' UNION SELECT 'k"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "a|whoami"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "1 or 1=1 -- "}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "https://evil.example/k"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "a\u0000"}, "kid-suspicious"),
    ({"alg": "HS256", "kid": "k" * 20_000}, "kid-suspicious"),
    ({"alg": "RS256", "jku": "https://evil.example"}, "key-address-in-header"),
    ({"alg": "RS256", "x5u": "https://evil.example"}, "key-address-in-header"),
    ({"alg": "RS256", "jwk": {"kty": "RSA"}}, "embedded-key"),
    ({"alg": "HS256", "jwk": {"kty": "oct", "k": "AA"}}, "embedded-key"),
    ({"alg": "RS256", "x5c": ["MII"]}, "embedded-key"),
    ({"alg": "HS256", "crit": ["exp2"], "exp2": 1}, "crit-not-understood"),
    ({"alg": "HS256", "crit": []}, "crit-empty"),
    ({"alg": "HS256", "crit": "exp2"}, "crit-not-a-list"),
    ({"alg": "HS256", "crit": [1]}, "crit-not-a-list"),
    ({"alg": "HS256", "crit": ["b64"]}, "crit-member-missing"),
    ({"alg": "HS256", "crit": ["b64"], "b64": False}, "unencoded-payload"),
]


@pytest.mark.parametrize(("header", "code"), HEADERS)
def test_a_header_defect_is_named_and_the_claims_are_still_shown(header, code):
    token = parse(compact({"sub": "a"}, header))
    assert code in codes(token)
    assert token.header is not None
    assert code == "unencoded-payload" or token.claims == {"sub": "a"}


@pytest.mark.parametrize(
    "kid", ["--tTymzOLkx4vYeYWZZ9GpFtyTg", "tTymzOLkx4vYe--YWZZ9GpFtyTg", "tTymzOLkx4vYeYWZZ9GpFtyTg--"]
)
def test_a_thumbprint_with_two_dashes_is_an_ordinary_key_id(kid):
    assert "kid-suspicious" not in codes(parse(compact({"sub": "a"}, {"alg": "RS256", "kid": kid})))


CLAIMS = [
    ('{"exp":"1900000000"}', "exp-not-a-number"),
    ('{"exp":true}', "exp-not-a-number"),
    ('{"exp":[1]}', "exp-not-a-number"),
    ('{"exp":null}', "exp-not-a-number"),
    ('{"exp":-1}', "exp-out-of-range"),
    ('{"exp":1e30}', "exp-out-of-range"),
    ('{"exp":1e400}', "exp-out-of-range"),
    ('{"exp":' + "9" * 5000 + "}", "exp-out-of-range"),
    ('{"nbf":1900000000000}', "nbf-milliseconds"),
    ('{"iat":253402300800}', "iat-milliseconds"),
    ('{"exp":1,"iat":2}', "exp-before-iat"),
    ('{"aud":1}', "aud-wrong-type"),
    ('{"aud":["a",1]}', "aud-wrong-type"),
    ('{"aud":{}}', "aud-wrong-type"),
    ('{"aud":[]}', "aud-empty"),
    ('{"iss":["a"]}', "iss-wrong-type"),
    ('{"sub":1}', "sub-wrong-type"),
    ('{"iss":"https://login.mіcrosoftonline.com"}', "look-alike-characters"),
    ('{"a":{"b":1,"b":2}}', "duplicate-member"),
    ("[1]", "not-a-claims-object"),
    ("hello", "not-json"),
    ("", "payload-missing"),
    ("\ufeff{}", "byte-order-mark"),
    (b"\xff\xfe", "not-utf8"),
    ('{"a":1}'.encode("utf-16"), "not-utf8"),
    ('{"a":' * 600 + "1" + "}" * 600, "too-deep"),
]


@pytest.mark.parametrize(("payload", "code"), CLAIMS)
def test_a_payload_defect_is_named_and_the_header_is_still_shown(payload, code):
    token = parse(compact(payload))
    assert code in codes(token)
    assert token.header == {"alg": "HS256", "typ": "JWT"}
    assert token.kind is TokenKind.JWS


@pytest.mark.parametrize(
    "payload", ['{"exp":253402300799}', '{"exp":0}', '{"exp":1900000000.5}', '{"aud":["a"],"exp":2,"iat":2}']
)
def test_values_at_the_edge_of_what_is_right_have_no_defect(payload):
    assert codes(parse(compact(payload))) == []


def test_milliseconds_are_explained_with_the_year_they_would_mean():
    token = parse(compact('{"exp":1900000000000}'))
    assert token.defects[0].message == "exp is in the year 62178: probably milliseconds instead of seconds."


ENCODINGS = [
    ("{h}==.{p}.{s}", ["padding"]),
    ("{h}.{p}=.{s}=", ["padding", "padding"]),
    ("{h}.{p}.{s}!", ["not-base64url"]),
    ("{h}A.{p}.{s}", ["base64-length"]),
    ("{h}.{p}", ["signature-missing"]),
    ("{h}.{p}.", ["signature-missing"]),
    ("{h}", ["payload-missing", "signature-missing"]),
    ("{h}.{p}.{s}.x", ["wrong-number-of-parts"]),
    ("{h}.{p}.{s}" + ".x" * 500, ["wrong-number-of-parts"]),
    ("{h} .{p}.{s}", ["white-space-inside"]),
]


@pytest.mark.parametrize(("form", "expected"), ENCODINGS)
def test_text_that_is_not_legal_base64url_is_decoded_and_flagged(form, expected):
    token = parse(form.format(h=b64u('{"alg":"HS256"}   '), p=b64u('{"sub":"a"}'), s=b64u(bytes(32))))
    assert codes(token) == expected
    assert token.header == {"alg": "HS256"}
    assert "{p}" not in form or token.claims == {"sub": "a"}


def test_unused_bits_at_the_end_are_flagged():
    assert codes(parse(compact("{}")[:-1] + "9")) == ["trailing-bits"]


def test_a_broken_header_never_hides_the_claims():
    token = parse(compact({"sub": "a"}, "not json"))
    assert token.kind is TokenKind.JWS
    assert token.header is None
    assert token.claims == {"sub": "a"}
    assert "not-json" in codes(token)


@pytest.mark.parametrize(
    ("alg", "size", "fits"),
    [
        ("HS256", 31, False),
        ("HS256", 32, True),
        ("HS256", 33, False),
        ("ES256", 63, False),
        ("ES256", 64, True),
        ("RS256", 255, False),
        ("RS256", 256, True),
        ("PS256", 512, True),
        ("EdDSA", 64, True),
        ("EdDSA", 114, True),
        ("EdDSA", 65, False),
        ("XX1", 5, True),
    ],
)
def test_the_signature_is_measured_against_its_algorithm(alg, size, fits):
    assert ("signature-length" not in codes(parse(compact("{}", {"alg": alg}, bytes(size))))) is fits


def test_a_cut_signature_says_so():
    token = parse(compact("{}", signature=bytes(17)))
    assert token.defects[0].message == "The signature is 17 bytes, HS256 needs 32: is it cut off?"


@pytest.mark.parametrize(
    ("header", "code"),
    [({"p2c": 2**31}, "jwe-work-factor"), ({"zip": "DEF"}, "jwe-compressed"), ({"alg": "RSA1_5"}, "jwe-rsa1-5")],
)
def test_an_encrypted_token_is_described_but_never_decrypted(header, code):
    head = json.dumps({"alg": "RSA-OAEP", "enc": "A256GCM", **header})
    token = parse(".".join(map(b64u, (head, "k", "iv", "text", "tag"))))
    assert token.kind is TokenKind.JWE
    assert token.claims is None
    assert code in codes(token)


def test_an_unencoded_payload_may_hold_dots():
    head = {"alg": "HS256", "b64": False, "crit": ["b64"]}
    token = parse(f"{b64u(json.dumps(head))}.$.02.{b64u(bytes(32))}")
    assert token.parts[1].text == "$.02"


@pytest.mark.parametrize("size", [MAX_CHARACTERS, MAX_CHARACTERS + 1, 3_000_000])
def test_nothing_beyond_the_limit_is_read(size):
    token = parse("." * size)
    assert (token.kind is TokenKind.TOO_LARGE) is (size > MAX_CHARACTERS)
    assert token.parts == ()


@pytest.mark.parametrize(
    "text", ["a.b.c", "www.example.com", "..", ".", "v1.2.3", "hello world", "ya29.a0Af", "{}", '{"a":"b.c.d"}']
)
def test_what_is_no_token_is_opaque(text):
    assert parse(text).kind is TokenKind.OPAQUE


def test_the_repr_of_a_token_does_not_show_it():
    token = parse(compact({"sub": "a"}))
    assert token.text not in repr(token)


TOKEN = compact({"sub": "ärger", "exp": 1900000000})
blanks = st.text(st.sampled_from(" \t\r\n\u200b\ufeff\u00a0"), max_size=4)
wrapping = st.sampled_from(
    [
        ("", ""),
        ("Bearer ", ""),
        ("bearer  ", ""),
        ("Authorization: Bearer ", ""),
        ("authorization:bearer ", ""),
        ('"', '"'),
        ("'", "'"),
        ("“", "”"),
        ('"Bearer ', '"'),
        ('Bearer "', '"'),
        ("Bearer Bearer ", ""),
        ('"access_token": "', '",'),
        ("`", "`"),
        ("Proxy-Authorization: Bearer ", ""),
    ]
)


@given(wrapping, blanks, blanks, st.integers(0, len(TOKEN)), blanks)
def test_wrapping_and_white_space_never_change_the_claims(wrap, before, after, at, inside):
    pasted = before + wrap[0] + TOKEN[:at] + inside + TOKEN[at:] + wrap[1] + after
    if wrap[0] == "" and before.strip(" \t\r\n") == "" == after.strip(" \t\r\n"):
        assert parse(pasted).text == TOKEN
    assert parse(pasted).claims == {"sub": "ärger", "exp": 1900000000}


def check_shown(text: str) -> None:
    token = parse(text)
    assert isinstance(token, Token)
    pasted = recognise(text)
    for row in (*describe(token, 1900000000), *describe_header(token, 1900000000)):
        f"{row.name}{row.value_text}{row.human}{row.meaning}".encode()
    for words in (*[defect.message for defect in token.defects], *pasted.notes, pasted.preview):
        words.encode("utf-8")
    for part in token.parts:
        if part.is_json:
            json.loads(json_text(part.value))


@given(st.text(st.characters()))
def test_any_text_is_read_without_an_error(text):
    check_shown(text)
    check_shown("eyJ" + text)


@given(st.binary(), st.binary(), st.binary(), st.integers(0, 6))
def test_any_bytes_in_the_parts_are_read_without_an_error(header, payload, signature, extra):
    check_shown(".".join(map(b64u, (header, payload, signature))) + "." * extra)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["alg", "kid", "crit", "b64", "jwk", "enc", "exp", "aud", "iss", "sub", "ver", "amr", "wids", "acr", "tid"]
)


@given(st.dictionaries(NAMES, VALUES), st.dictionaries(NAMES | st.text(), VALUES))
def test_any_json_type_anywhere_is_read_without_an_error(header, payload):
    check_shown(compact(json.dumps(payload), json.dumps(header)))
