"""The check key_strength, with real keys and with facts alone."""

from dataclasses import replace

import pytest

from console.core.checks.key_strength import CHECK
from console.core.owner import Owner
from console.core.tokens.keys import read_jwks
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, KeyFacts, SignatureResult, SignatureState, verify
from tests.core.checks.contexts import context, signed
from tests.core.tokens.keys_for_tests import SECRET, ec_key, ed_key, jwk, rsa_key
from tests.core.tokens.keys_for_tests import signed as sign
from tests.core.tokens.wire import b64u


def verified(key, alg, entry):
    return verify(parse(sign(key, alg)), replace(read_jwks(entry), is_secret=entry["kty"] == "oct"))


def with_key(key, *, state=SignatureState.VALID, reason="ok", detail=""):
    return context({}, signature=SignatureResult(state, reason, detail, key=key))


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (KeyFacts("RSA", bits=2047), "fail"),
        (KeyFacts("RSA", bits=2048), "pass"),
        (KeyFacts("RSA", bits=2049), "pass"),
        (KeyFacts("EC", "P-256", bits=256), "pass"),
        (KeyFacts("OKP", "Ed25519", bits=256), "pass"),
        (KeyFacts("oct", bits=256), "notice"),
        (None, "unknown"),
    ],
)
def test_strength_is_judged_at_its_boundaries(key, status):
    assert CHECK.run(with_key(key)).status == status


@pytest.mark.parametrize(
    ("key", "alg", "named"), [(rsa_key, "RS256", "RSA, 2048 bits"), (ec_key, "ES256", "EC, P-256"),
                              (ed_key, "EdDSA", "OKP, Ed25519")]
)  # fmt: skip
def test_a_key_that_verified_is_named(key, alg, named):
    finding = CHECK.run(context({}, signature=verified(key(), alg, jwk(key()))))
    assert (finding.status, finding.actual) == ("pass", named)


def test_a_short_rsa_key_says_whole_what_why_do_and_who():
    key = rsa_key(1024)
    finding = CHECK.run(context({}, signature=verified(key, "RS256", jwk(key, kid="old"))))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The key that signed the token is too weak.",
        "Key old has 1024 bits; RSA keys need at least 2048.",
        "Have the issuer sign with an RSA key of at least 2048 bits, or with ES256.",
        Owner.IDENTITY_PROVIDER,
    )
    assert finding.actual == "RSA, 1024 bits"


@pytest.mark.parametrize(("size", "status"), [(31, "fail"), (32, "notice"), (33, "notice")])
def test_a_shared_secret_must_be_as_long_as_the_hash(size, status):
    secret = b"k" * size
    finding = CHECK.run(context({}, signature=verified(secret, "HS256", {**SECRET, "k": b64u(secret)})))
    assert finding.status == status


def test_a_secret_is_never_shown():
    finding = CHECK.run(context({}, signature=verified(b"k" * 32, "HS256", SECRET)))
    assert SECRET["k"] not in repr(finding)


def test_without_a_key_it_is_unknown_and_without_a_signature_it_does_not_apply():
    assert CHECK.run(context({}, signature=NOT_CHECKED)).status == "unknown"
    assert CHECK.run(context({}, signature=signed(SignatureState.ABSENT))).status == "not_applicable"
