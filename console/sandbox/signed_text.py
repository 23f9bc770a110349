"""A JWT that somebody sent to a played provider: read strictly, and whether a registered key signed it."""

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from console.core.oauth.assertion import chain_of
from console.core.tokens import base64url
from console.core.tokens.keys import KeySet, read_jwks
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureState, verify
from console.core.tokens.token import Token, TokenKind
from console.sandbox.registered import RegisteredKey

Claims = dict[str, Any]
PARTS = 3


def read_jwt(text: str) -> tuple[Token, Claims, Claims] | None:
    """The token, its header and its claims; None for what is no JWT of three parts, exactly as it stands.

    Nor is one that holds half a character (a lone surrogate, RFC 7493 section 2.1): nobody could repeat it.
    """
    token = parse(text)
    is_whole = token.kind in (TokenKind.JWS, TokenKind.UNSECURED) and len(token.parts) == PARTS and token.text == text
    if not is_whole or token.header is None or token.claims is None:
        return None
    if not (_is_unicode(token.header) and _is_unicode(token.claims)):
        return None
    return token, token.header, token.claims


def _is_unicode(value: object) -> bool:
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(_is_unicode(name) and _is_unicode(one) for name, one in value.items())
    return all(map(_is_unicode, value)) if isinstance(value, list) else True


def is_signed_by(token: Token, keys: tuple[RegisteredKey, ...], *, algorithms: Iterable[str]) -> bool:
    """Whether one of the keys made the signature, by one of the algorithms."""
    return verify(token, key_set(keys), algorithms=algorithms).state is SignatureState.VALID


@lru_cache(maxsize=64)
def key_set(keys: tuple[RegisteredKey, ...]) -> KeySet:
    return read_jwks([{**json.loads(key.jwk), "kid": key.kid} for key in keys])


def texts(value: object) -> tuple[str, ...] | None:
    """A claim that is one text or a list of texts; None for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def thumbprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the certificate, as in `x5t#S256` (RFC 7515 section 4.1.8)."""
    return base64url.encode(hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest())


def certificate_thumbprint(pem: str) -> str:
    """The same of a certificate that TLS has shown (RFC 8705 section 3.1), without reading what is in it."""
    return base64url.encode(hashlib.sha256(base64.b64decode(chain_of(pem)[0])).digest())
