"""Reads X.509 certificates (RFC 5280): what may be shown of them, and which belongs to a key. Pure."""

import base64
import hashlib

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from console.core.credential import CertificateFacts


def facts_of(chain_pem: str) -> CertificateFacts:
    """The facts of the first certificate of a chain in PEM. ValueError when there is none or it cannot be read."""
    chain = x509.load_pem_x509_certificates(chain_pem.encode("ascii"))
    leaf = chain[0]
    der = leaf.public_bytes(Encoding.DER)
    key_type, key_bits = _key_of(leaf)
    sha1 = hashlib.sha1(der, usedforsecurity=False).digest()
    return CertificateFacts(
        subject=leaf.subject.rfc4514_string(),
        issuer=leaf.issuer.rfc4514_string(),
        serial=f"{leaf.serial_number:X}",
        not_before=int(leaf.not_valid_before_utc.timestamp()),
        not_after=int(leaf.not_valid_after_utc.timestamp()),
        sha1=sha1.hex().upper(),
        x5t=_base64url(sha1),
        x5t_s256=_base64url(hashlib.sha256(der).digest()),
        key_type=key_type,
        key_bits=key_bits,
        chain=tuple(certificate.subject.rfc4514_string() for certificate in chain),
    )


def first_of(chain_pem: str) -> str:
    """The first certificate of a chain, in PEM as it stands there."""
    begin, end, _ = chain_pem.partition("-----END CERTIFICATE-----")
    return f"{begin}{end}\n".lstrip()


def leaf_der(chain_pem: str) -> bytes:
    """The first certificate of a chain as DER, as a `.cer` file holds it. ValueError when there is none."""
    return x509.load_pem_x509_certificates(chain_pem.encode("ascii"))[0].public_bytes(Encoding.DER)


def order_chain(certificates: list[x509.Certificate], public_key_der: bytes) -> list[x509.Certificate]:
    """The chain of a key, leaf first, each next one the issuer by name; [] when no certificate is for the key.

    Certificates that are no part of the chain are left out. `public_key_der` is a SubjectPublicKeyInfo.
    """
    leaf = next((item for item in certificates if _public_key_der(item) == public_key_der), None)
    chain: list[x509.Certificate] = []
    while leaf is not None and leaf not in chain:
        chain.append(leaf)
        issuer = leaf.issuer
        leaf = next((item for item in certificates if item.subject == issuer and item not in chain), None)
    return chain


def to_pem(chain: list[x509.Certificate]) -> str:
    """The certificates as PEM, in their order."""
    return "".join(certificate.public_bytes(Encoding.PEM).decode("ascii") for certificate in chain)


def _key_of(certificate: x509.Certificate) -> tuple[str, int]:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.key_size
    return "other", 0


def _public_key_der(certificate: x509.Certificate) -> bytes:
    try:
        return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (
        ValueError,
        UnsupportedAlgorithm,
    ):  # a key of a kind or size that the library does not read: then it is not ours
        return b""


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def read_public(data: bytes) -> str | None:
    """The first certificate in PEM or DER bytes, as PEM; None when there is none. A private key is ignored."""
    try:
        if b"-----BEGIN" in data:
            return to_pem(x509.load_pem_x509_certificates(data)[:1])
        return to_pem([x509.load_der_x509_certificate(data)])
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
