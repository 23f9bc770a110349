"""The caller's certificate, as far as policies and expressions look at it."""

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True)
class CallerCertificate:
    """What of the caller's certificate can be compared here; texts in lower case. Times are epoch seconds. `subject`
    and `issuer` are as .NET writes them, None for names of which that is not sure.
    """

    thumbprint: str
    serial: str
    common_names: tuple[str, ...]
    dns_names: tuple[str, ...]
    not_before: int
    not_after: int
    subject: str | None = None
    issuer: str | None = None

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
            written_name(leaf.subject),
            written_name(leaf.issuer),
        )
    except ValueError:
        return None


# The parts of names that every system writes alike. A value with other marks is put in quotation marks.
_PARTS = {"2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "S", "2.5.4.10": "O", "2.5.4.11": "OU"}
_PLAIN = re.compile(r"[\w.*@/:'()&-]+(?: [\w.*@/:'()&-]+)*", re.ASCII)


def written_name(name: "x509.Name") -> str | None:
    """X509Certificate2.Subject and Issuer: the last part of the encoded name first, as `CN=a, O=b, C=NO`."""
    parts = []
    for rdn in reversed(name.rdns):
        (attribute, *more) = tuple(rdn)
        label, value = _PARTS.get(attribute.oid.dotted_string), attribute.value
        if more or label is None or not isinstance(value, str) or _PLAIN.fullmatch(value) is None:
            return None
        parts.append(f"{label}={value}")
    return ", ".join(parts) or None


def _dns_names(leaf: "x509.Certificate") -> list[str]:
    from cryptography import x509

    try:
        alternatives = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return alternatives.value.get_values_for_type(x509.DNSName)
