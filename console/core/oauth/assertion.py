"""Client assertions (RFC 7523 section 3) signed with a certificate's key: what is shown is what is sent."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import get_default_algorithms

from console.core.credential import AssertionStyle, Certificate, CertificateFacts
from console.core.decoded_assertion import DecodedAssertion
from console.core.exchange import Request
from console.core.json.text import json_text
from console.core.tokens import base64url
from console.core.tokens.parse import parse

_ALGORITHMS = get_default_algorithms()
_EC_ALGORITHMS = {256: "ES256", 384: "ES384", 521: "ES512"}
_END = "-----END CERTIFICATE-----"
_BEGIN = "-----BEGIN CERTIFICATE-----"
Json = dict[str, Any]


def algorithm(facts: CertificateFacts, style: AssertionStyle) -> str:
    """The `alg` the key can sign with: the style's own for RSA, by curve for EC."""
    return style.value if facts.key_type == "RSA" else _EC_ALGORITHMS.get(facts.key_bits, "ES256")


def header(facts: CertificateFacts, style: AssertionStyle, *, chain: tuple[str, ...] = ()) -> Json:
    """The JOSE header. `chain` are the certificates in base64 DER, leaf first (x5c), left out when empty.

    RSA in the RS256 style names the certificate by x5t (SHA-1), everything else by x5t#S256. Neither has padding.
    """
    alg = algorithm(facts, style)
    thumbprint = ("x5t", facts.x5t) if alg == "RS256" else ("x5t#S256", facts.x5t_s256)
    built: Json = {"alg": alg, "typ": "JWT", thumbprint[0]: thumbprint[1].rstrip("=")}
    return {**built, "x5c": list(chain)} if chain else built


def chain_of(pem: str) -> tuple[str, ...]:
    """The certificates of a PEM text as base64 DER without line breaks (RFC 7515 section 4.1.6), in their order."""
    blocks = [block.partition(_BEGIN)[2] for block in pem.split(_END)]
    return tuple("".join(block.split()) for block in blocks if block.strip())


def build(  # noqa: PLR0913 - one value per claim and header member, all keyword-only
    certificate: Certificate,
    *,
    client_id: str,
    audience: str,
    style: AssertionStyle,
    sends_chain: bool,
    now: int,
    jti: str,
    lifetime_s: int = 600,
    header_override: Callable[[Json], Json] | None = None,
) -> str:
    """The signed assertion. `now` is epoch seconds, `jti` must be fresh for each one.

    `header_override` alters the header (a fault of the sandbox); the signature stays the one of the style's algorithm.
    Raises ValueError when the private key cannot be read: it was checked when the certificate was stored.
    """
    chain = chain_of(certificate.chain_pem) if sends_chain else ()
    head = header(certificate.facts, style, chain=chain)
    claims = {
        "aud": audience, "iss": client_id, "sub": client_id, "jti": jti,
        "nbf": now, "iat": now, "exp": now + lifetime_s,
    }  # fmt: skip
    signer = _ALGORITHMS[algorithm(certificate.facts, style)]
    # Checked when it was stored; to test its primes at each use would take seconds for a long key.
    pem = certificate.private_key_pem.reveal().encode()
    key = signer.prepare_key(load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True))
    shown = header_override(head) if header_override else head
    signed = f"{_encode(shown)}.{_encode(claims)}"
    return f"{signed}.{base64url.encode(signer.sign(signed.encode(), key))}"


def _encode(value: Json) -> str:
    return base64url.encode(json.dumps(value, separators=(",", ":")).encode())


def decode(text: str) -> DecodedAssertion:
    """Header and claims of an assertion for display, each empty when it cannot be read. The signature is left out."""
    token = parse(text)
    return DecodedAssertion(header=_plain(token.header), claims=_plain(token.claims))


def carried_by(request: Request) -> DecodedAssertion | None:
    """The client assertion in the form of a request as it was sent, decoded; None when it has none."""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    return decode(form["client_assertion"]) if "client_assertion" in form else None


def _plain(members: Json | None) -> Json:
    """Without our own number type, as plain JSON gives it."""
    read: Json = json.loads(json_text(members or {}))
    return read
