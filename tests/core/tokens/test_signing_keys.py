"""Signing keys without certificate: thumbprints as in RFC 7638, and nothing private in what is registered."""

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from console.core.credential import Secret
from console.core.tokens import signing_keys
from tests.core.tokens.keys_for_tests import ec_key, ed_key, rsa_key

# The key and the thumbprint of RFC 7638 section 3.1.
N = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst"
    "n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn"
    "1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
)


def pem_of(key):
    return Secret(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def test_the_thumbprint_is_that_of_the_specification():
    members = {"kty": "RSA", "n": N, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}
    assert signing_keys.thumbprint(members) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize(("key", "kind", "bits"), [(rsa_key(), "RSA", 2048), (ec_key(), "EC", 256)])
def test_a_key_tells_its_kind_and_is_named_by_its_thumbprint_unless_it_has_a_name(key, kind, bits):
    facts = signing_keys.signing_key_of(pem_of(key)).facts
    assert (facts.key_type, facts.key_bits, facts.kid) == (kind, bits, facts.thumbprint)
    assert signing_keys.signing_key_of(pem_of(key), kid="mine").facts.kid == "mine"


@pytest.mark.parametrize("key", [rsa_key(), ec_key()])
def test_the_jwk_to_register_is_the_public_half_alone(key):
    made = signing_keys.signing_key_of(pem_of(key), kid="mine", alg="ES256")
    jwk = signing_keys.public_jwk(made.facts)
    assert not {"d", "p", "q", "dp", "dq", "qi", "oth"} & jwk.keys()
    assert (jwk["kid"], jwk["use"], jwk["alg"]) == ("mine", "sig", "ES256")
    assert jwt.PyJWK({**jwk, "alg": None} if jwk["kty"] == "EC" else {**jwk, "alg": "RS256"}).key is not None


def test_another_kind_of_key_is_refused():
    with pytest.raises(ValueError, match="neither an RSA nor an EC key"):
        signing_keys.signing_key_of(pem_of(ed_key()))
