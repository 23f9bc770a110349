"""What binds a token to the certificate of its client (RFC 8705 section 3.1)."""

import base64
import hashlib


def thumbprint_of(pem: str) -> str:
    """The SHA-256 thumbprint (`x5t#S256`) of a certificate in PEM; "" for what is none."""
    from cryptography import x509  # here, for what it loads: what masks texts needs this, and seldom meets one
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        der = x509.load_pem_x509_certificate(pem.encode("ascii", "replace")).public_bytes(Encoding.DER)
    except ValueError:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode("ascii")
