"""Key pairs, made once per run, and tokens signed by them."""

import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm, get_default_algorithms

from tests.core.tokens.wire import b64u

SECRET = {"kty": "oct", "kid": "s", "k": b64u(b"k" * 32)}


@cache
def rsa_key(bits: int = 2048) -> Any:
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def ed_key() -> Any:
    return ed25519.Ed25519PrivateKey.generate()


def jwk(key: Any, **members: Any) -> dict[str, Any]:
    """The public JWK without PyJWT's key_ops."""
    made = _writer(key).to_jwk(key.public_key(), as_dict=True)
    made.pop("key_ops", None)
    return {**made, **members}


def private_jwk(key: Any, **members: Any) -> dict[str, Any]:
    return {**_writer(key).to_jwk(key, as_dict=True), **members}


def _writer(key: Any) -> Any:
    if isinstance(key, rsa.RSAPrivateKey):
        return RSAAlgorithm
    return ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else OKPAlgorithm


def signed(key: Any, alg: str, claims: Any = None, **header: Any) -> str:
    """A token signed with a private key object, or with bytes for HMAC."""
    head = json.dumps({"alg": alg, **header})
    payload = claims if isinstance(claims, str) else json.dumps({"sub": "a"} if claims is None else claims)
    text = f"{b64u(head)}.{b64u(payload)}"
    return f"{text}.{b64u(get_default_algorithms()[alg].sign(text.encode(), key))}"
