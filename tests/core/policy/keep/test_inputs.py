"""The JSON that an evaluation is given: what is understood, and what is wrong with the rest."""

import json

import pytest

from console.core.policy.engine.model import UNREACHABLE
from console.core.policy.keep.inputs import (
    Call,
    Table,
    UnusableFile,
    read_calls,
    read_metadata,
    read_values,
    to_request,
    to_rule,
)
from console.core.policy.policies.subscription_key import key_digest

CALL = {"url": "https://gw.example/orders/1?a=b", "headers": {"A": "1", "B": ["2", "3"]}}


def test_a_call_is_read_with_all_values_of_its_headers():
    request = to_request(read_calls(json.dumps({**CALL, "method": "POST", "client_ip": "203.0.113.7"})))
    assert (request.method, request.client_ip, request.client_certificate) == ("POST", "203.0.113.7", None)
    assert request.headers == (("A", "1"), ("B", "2"), ("B", "3"))


def test_a_call_needs_an_address_only():
    assert read_calls('{"url": "https://gw.example"}') == Call("https://gw.example")


def test_keys_are_kept_as_digests_and_their_absence_means_that_none_is_asked_for():
    assert to_rule(read_calls(json.dumps(CALL))) is None
    rule = to_rule(read_calls(json.dumps({**CALL, "subscription_keys": {"valid": ["k"], "header": "api-key"}})))
    assert (rule.digests, rule.header_name, rule.query_name) == ((key_digest("k"),), "api-key", "subscription-key")
    assert rule.realm == "https://gw.example/orders/1"


def test_an_address_that_is_none_breaks_nothing():
    call = read_calls(json.dumps({"url": "https://[x", "subscription_keys": {"valid": []}}))
    assert (to_rule(call).realm, to_request(call).query_values("a")) == ("", ())


def row(**changes):
    return {"name": "n", "request": CALL, "expect": {"verdict": "allow"}, **changes}


def test_a_table_is_read_with_what_is_expected():
    table = read_calls(json.dumps({"requests": [row(assume_signature=True, now=5)], "now": 0}))
    assert isinstance(table, Table)
    (one,) = table.requests
    assert (one.name, one.expect.verdict, one.assume_signature, one.now, table.now) == ("n", "allow", True, 5, 0)


WRONG = [
    ("{", "it is not JSON"),
    ("", "it is not JSON"),
    ("[" * 500, "it is not JSON"),
    ("[]", "it is not a JSON object"),
    ("{}", "missing required field `url`"),
    ('{"url": 5}', "Expected `str`"),
    ('{"url": "x", "headers": {"A": 5}}', "Expected `str | array`"),
    ('{"url": "x", "headers": []}', "Expected `object`"),
    ('{"url": "x", "subscription_keys": []}', "Expected `object | null`"),
    ('{"requests": []}', "it has 0 requests; from 1 to 1000 can be run"),
    (json.dumps({"requests": [row()] * 1001}), "it has 1001 requests"),
    (json.dumps({"requests": [row(expect={"verdict": "maybe"})]}), "request 1 expects none of allow, reject"),
    (json.dumps({"requests": [row(), {"request": CALL}]}), "missing required field `expect`"),
    (json.dumps({"requests": [row()], "now": -1}), "now must be seconds since 1970"),
    (json.dumps({"requests": [row(now=10**15)]}), "now of request 1 must be seconds since 1970"),
]


@pytest.mark.parametrize(("text", "why"), WRONG, ids=[row[1] for row in WRONG])
def test_what_is_no_call_is_refused_with_a_reason(text, why):
    found = read_calls(text)
    assert isinstance(found, UnusableFile)
    assert why in found.why


def test_a_byte_order_mark_does_no_harm():
    assert read_calls('\ufeff{"url": "x"}') == Call("x")


KEYS = {"keys": [{"kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB"}]}


def test_metadata_is_read_by_address():
    found = read_metadata(
        json.dumps(
            {
                "https://a": {"issuer": "i", "jwks": KEYS},
                "https://b": {"error": "unreachable"},
                "https://c": {"issuer": "j"},
            }
        )
    )
    assert (found["https://a"].issuer, found["https://a"].keyset.keys[0].kid) == ("i", "a")
    assert found["https://b"] == UNREACHABLE
    assert found["https://c"].keyset is None


@pytest.mark.parametrize("entry", ["x", None, [], {"issuer": 5}, {"issuer": "i", "jwks": "x"}])
def test_metadata_of_another_shape_is_refused(entry):
    found = read_metadata(json.dumps({"https://a": {"error": "x"}, "https://b": entry}))
    assert found == UnusableFile("its entry number 2 is no object with issuer and jwks")


def test_values_are_read_and_their_mistakes_named_without_a_value():
    assert read_values('{"named_values": {"a": 5}, "expressions": {"@(b)": true}}').named_values == {"a": "5"}
    for text in ('{"named": {}}', '{"variables": {"a": ["s3cret"]}}', '{"certificates": "s3cret"}', "[]"):
        found = read_values(text)
        assert isinstance(found, UnusableFile)
        assert "s3cret" not in found.why
        assert not found.why.endswith(".")
