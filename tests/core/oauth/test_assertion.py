"""Signed assertions: verified here with the public key by plain PyJWT."""

import hashlib
from datetime import UTC, datetime

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from console.core.credential import Certificate, CertificateFacts, Secret
from console.core.decoded_assertion import DecodedAssertion
from console.core.oauth import assertion
from console.core.tokens.signing_keys import signing_key_of
from tests.core.tokens.keys_for_tests import ec_key, rsa_key
from tests.core.tokens.wire import b64u

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "client")])


def certificate_for(key, kind):
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2034, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    der = made.public_bytes(Encoding.DER)
    facts = CertificateFacts(
        "CN=client",
        "CN=client",
        "7",
        1,
        2,
        hashlib.sha1(der).hexdigest().upper(),
        b64u(hashlib.sha1(der).digest()),
        b64u(hashlib.sha256(der).digest()),
        kind,
        key.key_size,
        ("CN=client",),
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Certificate(Secret(pem), made.public_bytes(Encoding.PEM).decode(), facts), der


RSA, RSA_DER = certificate_for(rsa_key(), "RSA")
EC, _ = certificate_for(ec_key(), "EC")
P384, _ = certificate_for(ec.generate_private_key(ec.SECP384R1()), "EC")


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "e30"])
def test_decoding_nonsense_gives_empty_parts(text):
    assert assertion.decode(text) == DecodedAssertion()


RSA_KEY, EC_KEY = (signing_key_of(Secret(one.private_key_pem.reveal()), kid="k1") for one in (RSA, EC))


@pytest.mark.parametrize(
    ("credential", "key", "alg"),
    [
        (RSA, rsa_key(), "RS256"),
        (RSA_KEY, rsa_key(), "RS384"),
        (RSA_KEY, rsa_key(), "RS512"),
        (RSA_KEY, rsa_key(), "PS256"),
        (EC_KEY, ec_key(), "ES256"),
    ],
)
def test_any_claims_are_signed_with_a_certificate_or_a_bare_key(credential, key, alg):
    text = assertion.sign(credential, {"kid": "k1"}, {"iss": "c", "scope": "a:b"}, alg)
    assert jwt.decode(text, key.public_key(), algorithms=[alg]) == {"iss": "c", "scope": "a:b"}
    assert jwt.get_unverified_header(text) == {"alg": alg, "kid": "k1"}


@pytest.mark.parametrize(
    ("credential", "alg"),
    [(RSA_KEY, "ES256"), (EC_KEY, "RS256"), (EC_KEY, "ES384"), (RSA, "HS256"), (RSA, "none"), (RSA, "")],
)
def test_an_algorithm_that_the_key_does_not_sign_with_is_refused(credential, alg):
    with pytest.raises(ValueError, match="does not sign with"):
        assertion.sign(credential, {}, {}, alg)


def test_a_key_for_one_algorithm_signs_with_no_other():
    only = signing_key_of(RSA.private_key_pem, alg="RS256")
    assert assertion.algorithms_of(only.facts) == ("RS256",)
    with pytest.raises(ValueError, match="does not sign with PS256"):
        assertion.sign(only, {}, {}, "PS256")
