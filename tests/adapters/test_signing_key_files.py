"""Key files without certificate, good and bad, and keys that are made here."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from console.adapters import keyfiles
from console.adapters.keyfiles import KeyFileProblem, make_signing_key, read_signing_key
from console.core.credential import SigningKey
from console.core.oauth import assertion
from tests.adapters.test_keyfiles import EC_KEY, KEY, KEY_PEM, LEAF_PEM, SMALL_KEY, _key_pem, _pfx
from tests.core.tokens.keys_for_tests import private_jwk


def jwk(key, **members) -> bytes:
    return json.dumps(private_jwk(key, **members)).encode()


@pytest.mark.parametrize(
    ("data", "password", "kind", "kid", "alg"),
    [
        (KEY_PEM, None, "RSA", "", ""),
        (_key_pem(EC_KEY), None, "EC", "", ""),
        (_key_pem(EC_KEY, b"p"), "p", "EC", "", ""),
        (KEY_PEM + LEAF_PEM, None, "RSA", "", ""),  # the certificate is left out
        (_pfx(b"p"), "p", "RSA", "", ""),
        (jwk(KEY, kid="of the file", alg="RS384"), None, "RSA", "of the file", "RS384"),
        (jwk(EC_KEY, kid="of the file"), None, "EC", "of the file", ""),
        (json.dumps({"keys": [private_jwk(EC_KEY, kid="in a set")]}).encode(), None, "EC", "in a set", ""),
        (jwk(ec.generate_private_key(ec.SECP521R1())), None, "EC", "", ""),
    ],
)
def test_a_private_key_is_read_from_every_usual_form(data, password, kind, kid, alg):
    key = read_signing_key(data, password)
    assert isinstance(key, SigningKey)
    facts = key.facts
    assert (facts.key_type, facts.kid, facts.alg) == (kind, kid or facts.thumbprint, alg)
    assert assertion.sign(key, {}, {}, assertion.algorithms_of(facts)[0]).count(".") == 2


def test_the_name_that_was_typed_wins():
    key = read_signing_key(jwk(KEY, kid="of the file"), None, kid="typed")
    assert isinstance(key, SigningKey)
    assert key.facts.kid == "typed"


@pytest.mark.parametrize(
    ("data", "password", "code"),
    [
        (b"", None, "empty"),
        (b"x" * 70_000, None, "too_large"),
        (LEAF_PEM, None, "no_key"),
        (_key_pem(SMALL_KEY), None, "weak_key"),
        (_key_pem(ed25519.Ed25519PrivateKey.generate()), None, "other_key"),
        (_key_pem(ec.generate_private_key(ec.SECP256K1())), None, "other_key"),
        (jwk(ed25519.Ed25519PrivateKey.generate()), None, "other_key"),
        (jwk(EC_KEY, crv="P-384"), None, "damaged"),
        (jwk(EC_KEY, crv="P-999"), None, "damaged"),
        (jwk(EC_KEY, y="AAAA"), None, "damaged"),
        (jwk(EC_KEY, d="AA"), None, "damaged"),
        (jwk(EC_KEY, alg="RS256"), None, "odd_alg"),
        (jwk(KEY, alg="none"), None, "odd_alg"),
        (_key_pem(EC_KEY, b"p"), None, "password_needed"),
        (_key_pem(EC_KEY, b"p"), "q", "wrong_password"),
        (KEY_PEM + _key_pem(EC_KEY), None, "too_many"),
        (b'{"kty": "oct", "k": "c2VjcmV0"}', None, "other_key"),
    ],
)
def test_another_file_is_refused_with_a_reason(data, password, code):
    problem = read_signing_key(data, password)
    assert isinstance(problem, KeyFileProblem)
    assert problem.code == code
    assert problem.what.endswith(".") and problem.do.endswith(".")


@pytest.mark.parametrize("alg", ["ES256", "ES384", "ES512", "PS256", "RS256", "RS512"])
def test_a_key_that_is_made_here_signs_with_its_algorithm_alone(alg):
    key = make_signing_key(alg, kid="k")
    assert (assertion.algorithms_of(key.facts), key.facts.kid) == ((alg,), "k")
    assert assertion.sign(key, {}, {}, alg).count(".") == 2


def test_where_the_provider_takes_ec_keys_a_certificate_may_have_one():
    from tests.adapters.test_keyfiles import NOW, _certificate

    curve = ec.generate_private_key(ec.SECP384R1())
    data = _key_pem(curve) + _certificate(curve, "ec").public_bytes(keyfiles.serialization.Encoding.PEM)
    assert keyfiles.read_key_file(data, None, now=NOW).code == "not_rsa"
    read = keyfiles.read_key_file(data, None, now=NOW, takes_ec=True)
    assert (read.certificate.facts.key_type, read.certificate.facts.key_bits) == ("EC", 384)


def test_an_rsa_key_of_any_length_is_bounded():
    assert isinstance(read_signing_key(_key_pem(rsa.generate_private_key(65537, 2048)), None), SigningKey)
