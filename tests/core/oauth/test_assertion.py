"""Client assertions: verified here with the certificate's public key by plain PyJWT, header and claims exact."""

import base64
import hashlib
from datetime import UTC, datetime

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from console.core.credential import AssertionStyle, Certificate, CertificateFacts, Secret
from console.core.decoded_assertion import DecodedAssertion
from console.core.oauth import assertion
from console.core.tokens.signing_keys import signing_key_of
from tests.core.tokens.keys_for_tests import ec_key, rsa_key
from tests.core.tokens.wire import b64u

NOW = 1900000000
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


def build(certificate, style, **changes):
    arguments = {
        "client_id": "c",
        "audience": "https://idp/token",
        "style": style,
        "sends_chain": False,
        "now": NOW,
        "jti": "j",
    }
    return assertion.build(certificate, **{**arguments, **changes})


@pytest.mark.parametrize(
    ("certificate", "key", "style", "alg", "named_by"),
    [
        (RSA, rsa_key(), AssertionStyle.PS256_X5T_S256, "PS256", {"x5t#S256": RSA.facts.x5t_s256}),
        (RSA, rsa_key(), AssertionStyle.RS256_X5T, "RS256", {"x5t": RSA.facts.x5t}),
        (EC, ec_key(), AssertionStyle.PS256_X5T_S256, "ES256", {"x5t#S256": EC.facts.x5t_s256}),
        (EC, ec_key(), AssertionStyle.RS256_X5T, "ES256", {"x5t#S256": EC.facts.x5t_s256}),
    ],
)
def test_an_assertion_verifies_and_names_its_certificate(certificate, key, style, alg, named_by):
    text = build(certificate, style)
    claims = jwt.decode(
        text,
        key.public_key(),
        algorithms=[alg],
        options={"verify_aud": False, "verify_iat": False, "verify_nbf": False},
    )
    assert claims == {
        "aud": "https://idp/token",
        "iss": "c",
        "sub": "c",
        "jti": "j",
        "nbf": NOW,
        "iat": NOW,
        "exp": NOW + 600,
    }
    assert jwt.get_unverified_header(text) == {"alg": alg, "typ": "JWT", **named_by}
    assert "=" not in text


def test_a_larger_curve_has_its_own_algorithm():
    assert assertion.algorithm(P384.facts, AssertionStyle.PS256_X5T_S256) == "ES384"
    assert jwt.get_unverified_header(build(P384, AssertionStyle.PS256_X5T_S256))["alg"] == "ES384"


def test_the_chain_is_sent_as_base64_der_when_asked_for():
    header = assertion.decode(build(RSA, AssertionStyle.PS256_X5T_S256, sends_chain=True)).header
    assert header["x5c"] == [base64.b64encode(RSA_DER).decode()]


def test_a_fault_can_alter_the_header_without_touching_the_signer():
    text = build(RSA, AssertionStyle.PS256_X5T_S256, header_override=lambda header: {"alg": "PS256", "x5t": "wrong"})
    assert assertion.decode(text).header == {"alg": "PS256", "x5t": "wrong"}


def test_the_lifetime_is_counted_from_now():
    assert assertion.decode(build(RSA, AssertionStyle.RS256_X5T, lifetime_s=60)).claims["exp"] == NOW + 60


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
