"""Signed assertions (RFC 7523 section 3), made and read: what is shown is what is sent."""

import json
from typing import Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from console.core.credential import Certificate, CertificateFacts, SigningKey, SigningKeyFacts
from console.core.decoded_assertion import DecodedAssertion
from console.core.exchange import Request
from console.core.json.text import json_text
from console.core.tokens import base64url
from console.core.tokens.algorithms import jws_algorithms
from console.core.tokens.parse import parse

_RSA_ALGORITHMS = ("PS256", "RS256", "PS384", "RS384", "PS512", "RS512")
_EC_ALGORITHMS = {256: ("ES256",), 384: ("ES384",), 521: ("ES512",)}
_END = "-----END CERTIFICATE-----"
_BEGIN = "-----BEGIN CERTIFICATE-----"
CARRIERS = ("client_assertion", "assertion", "subject_token")
Json = dict[str, Any]


def algorithms_of(facts: CertificateFacts | SigningKeyFacts) -> tuple[str, ...]:
    """Every `alg` the key can sign with (RFC 7518 section 3.1), the usual one first; () for other kinds."""
    found = _RSA_ALGORITHMS if facts.key_type == "RSA" else _EC_ALGORITHMS.get(facts.key_bits, ())
    only = facts.alg if isinstance(facts, SigningKeyFacts) else ""
    return tuple(alg for alg in found if only in ("", alg))


def sign(credential: Certificate | SigningKey, header: Json, claims: Json, alg: str) -> str:
    """A JWT in compact form (RFC 7515 section 7.1) over these claims, signed with `alg`.

    The header is sent as it is given; `alg` is put in front where it names none. Nothing is added to the claims.
    Raises ValueError when the key cannot sign so, or cannot be read (it was checked when it was stored).
    """
    if alg not in algorithms_of(credential.facts):
        raise ValueError(f"A key of this kind does not sign with {alg[:20]}.")
    signer = jws_algorithms()[alg]
    # Checked when it was stored; to test its primes at each use would take seconds for a long key.
    pem = credential.private_key_pem.reveal().encode()
    key = signer.prepare_key(load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True))
    signed = f"{_encode({'alg': alg, **header})}.{_encode(claims)}"
    return f"{signed}.{base64url.encode(signer.sign(signed.encode(), key))}"


def chain_of(pem: str) -> tuple[str, ...]:
    """The certificates of a PEM text as base64 DER without line breaks (RFC 7515 section 4.1.6), in their order."""
    blocks = [block.partition(_BEGIN)[2] for block in pem.split(_END)]
    return tuple("".join(block.split()) for block in blocks if block.strip())


def _encode(value: Json) -> str:
    return base64url.encode(json.dumps(value, separators=(",", ":")).encode())


def decode(text: str) -> DecodedAssertion:
    """Header and claims of an assertion for display, each empty when it cannot be read. The signature is left out."""
    token = parse(text)
    return DecodedAssertion(header=_plain(token.header), claims=_plain(token.claims))


def carried_by(request: Request) -> dict[str, DecodedAssertion]:
    """The assertions in the form of a request as it was sent, decoded, by the name of their field (see `CARRIERS`)."""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    return {name: decode(form[name]) for name in CARRIERS if name in form}


def _plain(members: Json | None) -> Json:
    """Without our own number type, as plain JSON gives it."""
    read: Json = json.loads(json_text(members or {}))
    return read
