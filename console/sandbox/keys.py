"""The sandbox identity provider's signing keys, and the key set it publishes (RFC 7517)."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from console.core.tokens.keys import KeySet, read_jwks


@dataclass(frozen=True, slots=True, repr=False)
class SandboxKeys:
    """`private_pem` is the RSA key that signs; `previous_public_pems` are still published, newest first.

    They belong to one installation and are no part of a workspace's state.
    """

    private_pem: str
    previous_public_pems: tuple[str, ...] = ()

    @property
    def kid(self) -> str:
        return _own_key_id(self.private_pem)

    def __repr__(self) -> str:
        return f"SandboxKeys({self.kid})"


@lru_cache(maxsize=8)
def private_key(pem: str) -> RSAPrivateKey:
    """The RSA key in a PEM text, read once per text; raises ValueError for anything else."""
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the sandbox signs with an RSA key")
    return key


@lru_cache(maxsize=8)
def _own_key_id(pem: str) -> str:
    return key_id(private_key(pem).public_key())


@lru_cache(maxsize=8)
def _public_key(pem: str) -> RSAPublicKey:
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the sandbox publishes RSA keys")
    return key


def key_id(key: RSAPublicKey) -> str:
    """27 characters, as long as the key ids of Entra, which are SHA-1 thumbprints."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()[:20]).rstrip(b"=").decode()


def jwks(keys: SandboxKeys, *, issuer: str | None) -> dict[str, Any]:
    """The published key set; each key carries `issuer` in the v2 form, None leaves it out."""
    public = [private_key(keys.private_pem).public_key(), *map(_public_key, keys.previous_public_pems)]
    return {"keys": [_jwk(key, issuer) for key in public]}


def _jwk(key: RSAPublicKey, issuer: str | None) -> dict[str, str]:
    numbers, kid = key.public_numbers(), key_id(key)
    jwk = {"kty": "RSA", "use": "sig", "kid": kid, "x5t": kid, "n": _integer(numbers.n), "e": _integer(numbers.e)}
    return jwk if issuer is None else {**jwk, "issuer": issuer}


def _integer(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(maxsize=4)
def own_keys(keys: SandboxKeys) -> KeySet:
    """The sandbox's own signing keys, as whoever verifies its tokens reads them."""
    return read_jwks(jwks(keys, issuer=None))
