"""The check key_use, with real keys."""

import pytest

from console.core.checks.key_use import CHECK
from console.core.owner import Owner
from console.core.tokens.keys import read_jwks
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureState, verify
from tests.core.checks.contexts import context, signed
from tests.core.tokens.keys_for_tests import ec_key, jwk, rsa_key
from tests.core.tokens.keys_for_tests import signed as sign


def judged(*entries, alg="RS256", **header):
    token = parse(sign(rsa_key(), alg, kid="k", **header))
    return CHECK.run(context({}, header=token.header, signature=verify(token, read_jwks({"keys": list(entries)}))))


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({}, "pass"),
        ({"use": "sig"}, "pass"),
        ({"use": "enc"}, "fail"),
        ({"key_ops": ["verify"]}, "pass"),
        ({"key_ops": ["encrypt"]}, "fail"),
        ({"key_ops": []}, "fail"),
        ({"alg": "RS256"}, "pass"),
        ({"alg": "RS512"}, "fail"),
        ({"alg": "RSA-OAEP", "use": "sig"}, "fail"),
    ],
)
def test_use_operations_and_algorithm_of_the_key_are_judged(members, status):
    assert judged(jwk(rsa_key(), kid="k", **members)).status == status


def test_a_key_for_encryption_says_whole_what_why_do_and_who():
    finding = judged(jwk(rsa_key(), kid="k", use="enc"))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The key that the token names is not for signatures.",
        "Key k is not for signatures: its use is “enc”.",
        "Have the issuer publish the signing key with the use sig, and sign with that one.",
        Owner.IDENTITY_PROVIDER,
    )


def test_a_key_for_another_algorithm_shows_both_sides():
    finding = judged(jwk(rsa_key(), kid="k", alg="PS256", use="sig"))
    assert finding.why == "alg is RS256; the key is RSA for PS256, use sig. One key serves one algorithm."
    assert (finding.actual, finding.expected) == ("RS256", "PS256")
    assert judged(jwk(ec_key(), kid="k")).expected == "EC"


def test_without_the_key_it_is_unknown_and_without_a_signature_it_does_not_apply():
    assert judged(jwk(rsa_key(), kid="other")).status == "unknown"
    assert CHECK.run(context({}, signature=NOT_CHECKED)).status == "unknown"
    assert CHECK.run(context({}, signature=signed(SignatureState.ABSENT))).status == "not_applicable"
