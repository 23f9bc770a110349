"""Tokens, keys and certificates of every kind that a gateway may meet, made for its tests."""

import base64
import datetime
import json
from functools import lru_cache
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwe
from joserfc.jwk import OctKey, RSAKey

from console.core.policy.engine.model import MetadataView
from console.core.tokens.keys import read_jwks
from tests.core.policy.builders import AUDIENCE, ISSUER, NOW, key

CLAIMS: dict[str, Any] = {"aud": AUDIENCE, "iss": ISSUER, "exp": NOW + 3600, "nbf": NOW - 600, "ver": "2.0"}
SECRET = bytes(range(32))


@lru_cache
def small_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


@lru_cache
def curve_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key({"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}[name])


def encoded(value: Any) -> str:
    """One part of a token: a dict or text as base64url."""
    raw = (
        value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
    )
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(header: Any, claims: Any = None, signature: str = "") -> str:
    return f"{encoded(header)}.{encoded(CLAIMS if claims is None else claims)}.{signature}"


def signed(
    header: dict[str, Any] | None = None, claims: Any = None, *, with_key: Any = None, alg: str = "RS256"
) -> str:
    """A signature by `alg` over any header and payload, also such that no honest signer would write."""
    start = unsigned({"alg": alg, "kid": "a1"} if header is None else header, claims).rpartition(".")[0]
    return start + "." + signature_of(start, with_key=with_key, alg=alg)


def signature_of(start: str, *, with_key: Any = None, alg: str = "RS256") -> str:
    algorithm = jwt.algorithms.get_default_algorithms()[alg]
    return encoded(algorithm.sign(start.encode(), key() if with_key is None else with_key))


def jwk(public: Any, **members: Any) -> dict[str, Any]:
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(public, rsa.RSAPublicKey) else jwt.algorithms.ECAlgorithm
    made = algorithm.to_jwk(public, as_dict=True)
    return {name: value for name, value in {**made, **members}.items() if name != "key_ops" or "key_ops" in members}


def published(*jwks: dict[str, Any], issuer: str = ISSUER) -> MetadataView:
    return MetadataView(issuer, read_jwks({"keys": list(jwks)}))


@lru_cache
def certificate(name: str) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key(name).public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime.datetime(2020, 1, 1)).not_valid_after(datetime.datetime(2050, 1, 1))
    return builder.sign(key(name), hashes.SHA256())


def thumbprint(name: str = "a1") -> bytes:
    return certificate(name).fingerprint(hashes.SHA1())


def pem(name: str = "a1", *, with_key: bool = False) -> str:
    text = certificate(name).public_bytes(serialization.Encoding.PEM).decode()
    return private_pem(name) + text if with_key else text


def private_pem(name: str = "a1", password: bytes | None = None) -> str:
    protection = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    return key(name).private_bytes(serialization.Encoding.PEM, form, protection).decode()


def encrypted(content: str, *, alg: str = "RSA-OAEP", enc: str = "A256GCM", to: str | bytes = "b1") -> str:
    """`to` is the name of an RSA key or the bytes of a shared one."""
    recipient: Any = OctKey.import_key(to) if isinstance(to, bytes) else RSAKey.import_key(key(to).public_key())
    registry = jwe.JWERegistry(algorithms=[alg, enc])
    return jwe.encrypt_compact({"alg": alg, "enc": enc}, content.encode(), recipient, registry=registry)
