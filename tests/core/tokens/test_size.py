"""The size meter: shares that add up, limits to the byte, and advice only where it is due."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.core.defect import PartName
from console.core.tokens.parse import parse
from console.core.tokens.size import HEADER_BYTES, LIMITS, is_ordinary, measure
from tests.core.tokens.wire import b64u, compact

GROUPS = [f"{number:08x}-2222-4333-8444-555555555555" for number in range(200)]


def of_size(length):
    """A token of exactly so many characters, filled up in its last part."""
    text = compact({"sub": "a"})
    return parse(text + "A" * (length - len(text)))


@pytest.mark.parametrize(("line_bytes", "ordinary"), [(4_095, True), (4_096, False), (9_000, False)])
def test_a_token_of_ordinary_size_keeps_every_limit_and_gets_no_advice(line_bytes, ordinary):
    token = of_size(line_bytes - HEADER_BYTES)
    assert is_ordinary(token) == ordinary
    size = measure(token)
    if ordinary:
        assert (all(row.fits for row in size.limits), size.advice) == (True, ())


def shares(payload):
    token = parse(compact(payload))
    return {share.name: share for share in measure(token).shares if share.part is PartName.PAYLOAD}


@pytest.mark.parametrize(
    "payload",
    [
        '{"sub":"a"}',
        '{ "sub" : "a" , "aud" : [ 1 , { "x" : "}" } ] }\n',
        '{"sub":"a","sub":"bb"}',
        '{"é":"ü","\\u0041":"\\ud800"}',
        '{"n":' + "9" * 5000 + "}",
        "{}",
        "\ufeff{\"sub\":1}",
        '{"a":NaN,"b":1e999,"c":null,"d":true}',
    ],
)  # fmt: skip
def test_the_shares_of_a_part_add_up_to_it(payload):
    token = parse(compact(payload))
    found = [share for share in measure(token).shares if share.part is PartName.PAYLOAD]
    assert sum(share.encoded_bytes for share in found) == len(token.parts[1].encoded)
    assert sum(share.json_bytes for share in found) == len(token.parts[1].raw)


def test_a_member_counts_from_its_name_to_its_comma():
    found = shares('{"sub":"ab","n":1}')
    assert {name: share.json_bytes for name, share in found.items()} == {"sub": 11, "n": 5, "": 2}


def test_a_name_that_stands_twice_counts_twice_and_hidden_characters_are_visible():
    names = [share.name for share in measure(parse(compact('{"a":1,"a":2,"b\u202e":3}'))).shares]
    assert names.count("a") == 2
    assert "b‹U+202E›" in names


def test_the_largest_comes_first_with_its_share_of_the_whole():
    size = measure(parse(compact({"sub": "a", "groups": GROUPS})))
    assert size.shares[0].name == "groups"
    assert size.shares[0].share > 980
    assert size.part_bytes == tuple(map(len, compact({"sub": "a", "groups": GROUPS}).split(".")))


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_is_kept_to_the_byte(limit):
    for over in (-1, 0, 1):
        size = measure(of_size(limit.limit_bytes - HEADER_BYTES + over))
        row = next(row for row in size.limits if row.limit is limit)
        assert (row.left_bytes, row.fits) == (-over, over <= 0)


def test_the_line_is_the_token_with_what_stands_around_it():
    size = measure(of_size(1000))
    assert (size.total_bytes, size.line_bytes) == (1000, len("Authorization: Bearer ") + 1000 + len("\r\n"))


def test_every_limit_names_its_source_and_says_when_it_is_unconfirmed():
    assert all(limit.source for limit in LIMITS)
    assert [limit.limit_bytes for limit in LIMITS] == sorted(limit.limit_bytes for limit in LIMITS)
    assert {limit.name for limit in LIMITS if not limit.is_confirmed} == {
        "gateways in front of managed services",
        "IIS and Azure App Service for Windows",
        "HAProxy",
    }


def test_an_ordinary_token_needs_no_advice():
    assert measure(of_size(4_096 - HEADER_BYTES - 1)).advice == ()


def test_a_large_token_says_who_refuses_it_and_what_to_drop():
    size = measure(parse(compact({"sub": "a", "groups": GROUPS})))
    first, second = size.advice
    assert first.startswith(f"The Authorization line takes {size.line_bytes} bytes; as delivered, it is refused by: ")
    assert "nginx" in first and "gateways in front of managed services (unconfirmed)" in first
    assert "Node.js" not in first
    assert second == (
        f"groups takes {size.shares[0].encoded_bytes} of {size.line_bytes} bytes. Have the API use app roles, or only "
        "the groups assigned to the application (groupMembershipClaims: ApplicationGroup)."
    )


def test_an_unknown_large_claim_may_be_left_out():
    assert (
        measure(parse(compact({"photo": "x" * 4_000})))
        .advice[-1]
        .endswith("Have the issuer leave it out if the API does not read it.")
    )


@pytest.mark.parametrize(
    "text",
    ["", "opaque", "eyJhbGciOiJub25lIn0", ".", "a.b.c", b64u('{"alg":"dir","enc":"x"}') + ".a.b.c.d", "x" * 300_000],
)
def test_a_broken_token_has_a_size_too(text):
    size = measure(parse(text))
    assert size.total_bytes == parse(text).size_bytes
    assert all(share.part is PartName.HEADER for share in size.shares)


@settings(max_examples=60)
@given(st.dictionaries(st.text(max_size=8), st.recursive(st.none() | st.integers() | st.text(max_size=8), st.lists)))
def test_shares_add_up_for_any_claims(claims):
    token = parse(compact(json.dumps(claims, ensure_ascii=False)))
    found = [share for share in measure(token).shares if share.part is PartName.PAYLOAD]
    if token.claims is not None:
        assert sum(share.encoded_bytes for share in found) == len(token.parts[1].encoded)
