"""The caller's certificate, as far as policies and expressions look at it."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True)
class CallerCertificate:
    """What of the caller's certificate can be compared here; texts in lower case. Times are epoch seconds."""

    thumbprint: str
    serial: str
    common_names: tuple[str, ...]
    dns_names: tuple[str, ...]
    not_before: int
    not_after: int

    def comparable(self) -> dict[str, tuple[str, ...]]:
        """By the identity's attribute, what the certificate has."""
        return {
            "thumbprint": (self.thumbprint,),
            "serial-number": (self.serial,),
            "common-name": self.common_names,
            "dns-name": self.dns_names,
        }


def caller_certificate(pem: str) -> CallerCertificate | None:
    """The first certificate in a PEM text; None when it cannot be read."""
    from cryptography import x509  # here, for what it loads: few callers show a certificate
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    try:
        leaf = x509.load_pem_x509_certificates(pem.encode("ascii", "replace"))[0]
        names = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return CallerCertificate(
            hashlib.sha1(leaf.public_bytes(Encoding.DER), usedforsecurity=False).hexdigest(),
            f"{leaf.serial_number:x}",
            tuple(str(name.value).lower() for name in names),
            tuple(name.lower() for name in _dns_names(leaf)),
            int(leaf.not_valid_before_utc.timestamp()),
            int(leaf.not_valid_after_utc.timestamp()),
        )
    except ValueError:
        return None


def _dns_names(leaf: "x509.Certificate") -> list[str]:
    from cryptography import x509

    try:
        alternatives = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return alternatives.value.get_values_for_type(x509.DNSName)
