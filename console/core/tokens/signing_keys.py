"""Signing keys without certificate: what may be shown of them, and the JWK to register (RFC 7517, RFC 7638). Pure."""

import hashlib
import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from console.core.credential import Secret, SigningKey, SigningKeyFacts
from console.core.tokens import base64url

_MEMBERS = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}  # RFC 7638 section 3.2, in its order


def signing_key_of(private_key_pem: Secret, *, kid: str = "", alg: str = "") -> SigningKey:
    """The key with its facts; without a `kid` its thumbprint is one. ValueError when it is no RSA or EC key in PEM."""
    # Only the public numbers are read, so the costly proof that the primes are primes is left out.
    key = load_pem_private_key(private_key_pem.reveal().encode(), None, unsafe_skip_rsa_key_validation=True)
    public: dict[str, Any]
    if isinstance(key, rsa.RSAPrivateKey):
        public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    else:
        raise ValueError("The key is neither an RSA nor an EC key.")
    members = {name: str(public[name]) for name in _MEMBERS[public["kty"]]}
    named = thumbprint(members)
    return SigningKey(private_key_pem, SigningKeyFacts(kid or named, members["kty"], key.key_size, members, named, alg))


def thumbprint(members: dict[str, str]) -> str:
    """The JWK thumbprint by SHA-256, base64url (RFC 7638 section 3); `members` are the required ones, or more."""
    required = {name: members[name] for name in _MEMBERS[members["kty"]]}
    return base64url.encode(hashlib.sha256(json.dumps(required, separators=(",", ":")).encode()).digest())


def public_members(facts: SigningKeyFacts) -> dict[str, str]:
    """The members that make the key, in the order of RFC 7638, and no other."""
    return {name: facts.public[name] for name in _MEMBERS[facts.key_type]}


def public_jwk(facts: SigningKeyFacts) -> dict[str, str]:
    """The JWK to register: the public half, for signatures."""
    named = {"kid": facts.kid} if facts.kid else {}
    return {**facts.public, **named, "use": "sig", **({"alg": facts.alg} if facts.alg else {})}


def certificate_jwk(chain_pem: str, kid: str = "") -> dict[str, Any]:
    """The JWK of a certificate's key, with its chain (RFC 7517 section 4.7); ValueError when there is none."""
    chain = x509.load_pem_x509_certificates(chain_pem.encode("ascii"))
    key = chain[0].public_key()
    public: dict[str, Any]
    if isinstance(key, rsa.RSAPublicKey):
        public = RSAAlgorithm.to_jwk(key, as_dict=True)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        public = ECAlgorithm.to_jwk(key, as_dict=True)
    else:
        raise ValueError("The certificate's key is neither RSA nor EC.")
    members = {name: str(public[name]) for name in _MEMBERS[public["kty"]]}
    ders = [b64encode(one.public_bytes(Encoding.DER)).decode("ascii") for one in chain]
    return {**members, "kid": kid or thumbprint(members), "use": "sig", "x5c": ders}


def ending(key: SigningKey, ends_at: int | None) -> SigningKey:
    """The key with the moment (epoch seconds) at which its registration ends."""
    return replace(key, facts=replace(key.facts, ends_at=ends_at))
