"""The check embedded_keys."""

import pytest

from console.core.checks.embedded_keys import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context, without_header


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({}, "pass"),
        ({"kid": "a", "x5t": "b"}, "pass"),
        ({"x5c": ["MIIB"]}, "notice"),
        ({"x5c": ["MIIB"], "jku": "https://a.example/keys"}, "warning"),
        ({"jwk": {"kty": "RSA"}}, "warning"),
        ({"jku": "https://a.example/keys"}, "warning"),
        ({"x5u": "https://a.example/cert"}, "warning"),
        ({"typ": "dpop+jwt", "jwk": {"kty": "EC"}}, "not_applicable"),
        *(({"jwk": value}, "warning") for value in WRONG_TYPES),
    ],
)
def test_what_the_header_brings_along_is_judged(header, status):
    assert CHECK.run(context({}, header={"alg": "RS256", **header})).status == status


def test_an_embedded_key_says_whole_what_why_do_and_who():
    finding = CHECK.run(context({}, header={"alg": "HS256", "jwk": {"kty": "oct", "k": "c2VjcmV0"}}))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The token brings its own key along, or says where to fetch it.",
        "jwk: the token brings its own secret key; a signature by this key proves nothing. A verifier that believes it "
        "accepts tokens of anybody.",
        "Verify with the keys of the issuer's metadata only, and find out who wrote this token.",
        Owner.API_OWNER,
    )
    assert finding.actual == ["jwk"]


def test_a_header_that_cannot_be_read_is_unknown():
    assert CHECK.run(without_header()).status == "unknown"
