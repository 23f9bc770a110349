"""Keys given by hand: every usual form is read into a key set that verifies, and what is none is called by its name."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from console.core.tokens.key_input import PRIVATE_NOTE, SharedSecret, read_keys
from console.core.tokens.keys import MAX_CHARACTERS
from console.core.tokens.parse import parse
from console.core.tokens.signature import verify
from tests.core.tokens.keys_for_tests import SECRET, ec_key, ed_key, jwk, private_jwk, rsa_key, signed

HMAC = "a-shared-secret-of-more-than-32-bytes!"


def public(key, encoding=Encoding.PEM):
    made = key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    return made.decode() if encoding is Encoding.PEM else made


def private(key, password=None, encoding=Encoding.PEM, form=PrivateFormat.PKCS8):
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    made = key.private_bytes(encoding, form, protection)
    return made.decode() if encoding is Encoding.PEM else made


def certificate(key, name="signer", issuer_name=None, issuer_key=None):
    def named(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = x509.CertificateBuilder(
        named(issuer_name or name), named(name), key.public_key(), 7,
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return builder.sign(issuer_key or key, hashes.SHA256())


def as_pem(one):
    return one.public_bytes(Encoding.PEM).decode()


def as_der(one):
    return one.public_bytes(Encoding.DER)


def verifies(given, key, alg, **options):
    read = read_keys(given, **options)
    assert read.problem == "", read.problem
    return verify(parse(signed(key, alg, kid="from-the-issuer")), read.keyset).state == "valid"


FORMS = {
    "key set": lambda: json.dumps({"keys": [jwk(rsa_key(), kid="from-the-issuer")]}),
    "bare list": lambda: json.dumps([jwk(rsa_key())]),
    "single key": lambda: json.dumps(jwk(rsa_key())),
    "public key": lambda: public(rsa_key()),
    "rsa public key": lambda: rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode(),
    "public key with words around": lambda: f"Our key:\n{public(rsa_key())}\nBest regards",
    "certificate": lambda: as_pem(certificate(rsa_key())),
    "certificate with windows lines": lambda: as_pem(certificate(rsa_key())).replace("\n", "\r\n"),
    "certificate as x5c": lambda: base64.b64encode(as_der(certificate(rsa_key()))).decode(),
    "bytes of a pem file": lambda: as_pem(certificate(rsa_key())).encode(),
    "bytes of a utf-16 file": lambda: as_pem(certificate(rsa_key())).encode("utf-16"),
    "bytes with a byte order mark": lambda: b"\xef\xbb\xbf" + json.dumps(jwk(rsa_key())).encode(),
    "der certificate": lambda: as_der(certificate(rsa_key())),
    "der public key": lambda: public(rsa_key(), Encoding.DER),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_keys_that_verify_and_no_note_about_private_keys(form):
    assert verifies(FORMS[form](), rsa_key(), "RS256")
    assert PRIVATE_NOTE not in read_keys(FORMS[form]()).notes


@pytest.mark.parametrize(("key", "alg"), [(ec_key, "ES256"), (ed_key, "EdDSA")])
def test_keys_on_curves_are_read_too(key, alg):
    assert verifies(public(key()), key(), alg)
    assert verifies(public(key(), Encoding.DER), key(), alg)


def test_a_signature_by_another_key_stays_invalid():
    read = read_keys(public(rsa_key()))
    other = rsa_key(2056)
    assert verify(parse(signed(other, "RS256")), read.keyset).state == "invalid"


@pytest.mark.parametrize(
    "make",
    [
        lambda: private(rsa_key()),
        lambda: private(rsa_key(), form=PrivateFormat.TraditionalOpenSSL),
        lambda: private(rsa_key(), encoding=Encoding.DER),
        lambda: json.dumps(private_jwk(rsa_key())),
        lambda: json.dumps({"keys": [private_jwk(rsa_key())]}),
        lambda: private(rsa_key()) + as_pem(certificate(rsa_key())),
    ],
)
def test_of_a_private_key_only_the_public_half_is_used_and_it_is_said_loudly(make):
    read = read_keys(make())
    assert PRIVATE_NOTE in read.notes
    assert verify(parse(signed(rsa_key(), "RS256")), read.keyset).state == "valid"
    held = [name for key in read.keyset.keys for name in key.material]
    assert set(held) == {"n", "e"}


def test_a_protected_private_key_is_not_read():
    read = read_keys(private(rsa_key(), b"password"))
    assert read.keyset is None
    assert read.problem.startswith("This is a protected private key")


def test_of_a_chain_the_leaf_alone_is_a_key():
    root = certificate(rsa_key(2056), "authority")
    leaf = certificate(rsa_key(), "signer", "authority", rsa_key(2056))
    for chain in (as_pem(leaf) + as_pem(root), as_pem(root) + as_pem(leaf)):
        read = read_keys(chain)
        assert len(read.keyset.keys) == 1
        assert verify(parse(signed(rsa_key(), "RS256")), read.keyset).state == "valid"
        assert read.what == "2 certificates"
        assert read.notes == (
            "Certificate CN=signer, valid from 2026-01-01 to 2027-01-01 (UTC).",
            "1 more is of the issuing authority, which signs no tokens.",
        )


def test_unrelated_certificates_are_all_keys_and_the_same_one_twice_is_one():
    both = as_pem(certificate(rsa_key(), "old")) + as_pem(certificate(ec_key(), "new"))
    assert len(read_keys(both).keyset.keys) == 2
    assert len(read_keys(as_pem(certificate(rsa_key())) * 2).keyset.keys) == 1


def test_metadata_pasted_by_mistake_is_named_with_the_address_of_its_keys():
    read = read_keys(json.dumps({"issuer": "https://i.example", "jwks_uri": "https://i.example/keys"}))
    assert read.keyset is None
    assert read.jwks_uri == "https://i.example/keys"
    assert read.problem == (
        "This is the issuer's metadata, not its keys; they are at https://i.example/keys: open that and paste what it "
        "shows."
    )
    assert "does not say where" in read_keys('{"issuer":"https://i.example"}').problem


def test_a_shared_secret_is_taken_only_when_it_is_called_one():
    token = parse(signed(HMAC.encode(), "HS256"))
    assert read_keys(HMAC).problem.startswith("No key is recognised")
    read = read_keys(HMAC, secret=SharedSecret.TEXT)
    assert verify(token, read.keyset).state == "valid"
    assert read.what == f"a shared secret of {len(HMAC)} bytes"
    assert HMAC not in repr(read)
    as_base64 = base64.b64encode(HMAC.encode()).decode()
    assert verify(token, read_keys(as_base64, secret=SharedSecret.BASE64).keyset).state == "valid"
    wrong_form = read_keys(as_base64, secret=SharedSecret.TEXT)
    assert verify(token, wrong_form.keyset).state == "invalid"
    assert "may be the base64 form" in wrong_form.notes[1]
    assert "no base64 text" in read_keys("not base64!", secret=SharedSecret.BASE64).problem


def test_a_shared_secret_in_a_key_set_is_left_out_unless_it_is_called_one():
    mixed = json.dumps({"keys": [jwk(rsa_key()), SECRET]})
    read = read_keys(mixed)
    assert [key.kty for key in read.keyset.keys] == ["RSA"]
    assert "left out" in read.notes[0]
    assert read_keys(json.dumps(SECRET)).keyset is None
    alone = read_keys(json.dumps(SECRET), secret=SharedSecret.TEXT)
    assert verify(parse(signed(b"k" * 32, "HS256")), alone.keyset).state == "valid"


@pytest.mark.parametrize("make", [lambda: public(rsa_key()), lambda: as_pem(certificate(rsa_key()))])
def test_a_public_key_is_never_a_shared_secret(make):
    read = read_keys(make(), secret=SharedSecret.TEXT)
    assert read.keyset is None
    assert "not a shared secret" in read.problem
    assert read_keys(json.dumps(jwk(rsa_key())), secret=SharedSecret.TEXT).keyset is None


OTHERS = [
    ("", "No key was given."),
    (" \n", "No key was given."),
    (b"", "No key was given."),
    ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA", "This is a token, not a key"),
    ("https://i.example/keys", "This is an address; nothing is fetched"),
    ("ssh-rsa AAAAB3NzaC1yc2E", "SSH form"),
    ("<!doctype html><html>", "web page"),
    ("{", "not"),
    ('{"a":1}', "This JSON holds no keys"),
    ('{"keys":[]}', "The key set holds no keys."),
    ('{"keys":7}', "no key set"),
    ("[1]", "Key 1 is a number, not a key."),
    ("-----BEGIN CERTIFICATE-----\nMIIB", "cut off"),
    ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "copied whole"),
    ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "copied whole"),
    ("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----", "holds no key"),
    ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "private key that cannot be read"),
    ("-----BEGIN X-----\nA\n-----END X-----\n" * 21, "more than 20"),
    (f"-----BEGIN X-----\n{'A' * 17_000}\n-----END X-----", "larger than 16 KB"),
    (b"0\x82" + b"\x00" * 17_000, "larger than 16 KB"),
    (b"\x30\x82\x00\x01\x00", "neither a certificate nor a key"),
    (b"PK\x03\x04\x00", "neither a certificate nor a key"),
    ("MII!", "No key is recognised"),
    ("A" * (MAX_CHARACTERS + 1), "the limit is"),
    ("hello", "No key is recognised"),
]


@pytest.mark.parametrize(("given", "words"), OTHERS, ids=range(len(OTHERS)))
def test_what_is_no_key_is_called_what_it_is(given, words):
    read = read_keys(given)
    assert read.keyset is None
    assert words in read.problem


def test_keys_that_sign_no_tokens_are_refused():
    for key in (x25519.X25519PrivateKey.generate(), dsa.generate_private_key(1024)):
        assert read_keys(public(key)).keyset is None
        assert read_keys(public(key, Encoding.DER)).keyset is None


def test_a_weak_key_is_read_and_said_to_be_weak():
    read = read_keys(public(rsa_key(1024)))
    assert [defect.code for defect in read.keyset.defects] == ["weak-key"]


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)), st.sampled_from(SharedSecret))
def test_no_text_and_no_bytes_make_it_raise(given_keys, secret):
    read = read_keys(given_keys, secret=secret)
    assert (read.keyset is None) == bool(read.problem)


def test_a_secret_with_a_lone_surrogate_does_not_raise():
    assert read_keys("\ud800" * 32, secret=SharedSecret.TEXT).keyset is not None
