"""A certificate authority of the demo's own, and a server certificate for this machine."""

import datetime
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from console.management.demo_environment import write_once

CA_DAYS, SERVER_DAYS = 3650, 397
RENEW_BEFORE_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class LocalTls:
    """Paths of PEM files: the authority to trust, and what the server uses."""

    ca: Path
    certificate: Path
    key: Path


def ensure(folder: Path, *, now: int) -> LocalTls:
    """The files in that folder; made when missing, the server's certificate also when it soon ends."""
    files = LocalTls(folder / "demo-ca.pem", folder / "demo-server.pem", folder / "demo-server.key")
    if not files.ca.exists() or not files.certificate.exists() or _ends(files.certificate) - now < RENEW_BEFORE_S:
        for path in (files.ca, files.certificate, files.key):
            path.unlink(missing_ok=True)
        _make(files, now=now)
    return files


def _make(files: LocalTls, *, now: int) -> None:
    """The authority's key is not kept: nothing else can ever be issued with what browsers were told to trust."""
    moment = datetime.datetime.fromtimestamp(now, datetime.UTC)
    ca_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("Token console demo authority")
    ca = (
        _builder(ca_name, ca_name, ca_key.public_key(), moment, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    addresses = [x509.IPAddress(ipaddress.ip_address(text)) for text in ("127.0.0.1", "::1")]
    server = (
        _builder(_name("localhost"), ca_name, server_key.public_key(), moment, SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"), *addresses]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    write_once(files.ca, ca.public_bytes(serialization.Encoding.PEM).decode())
    write_once(files.certificate, server.public_bytes(serialization.Encoding.PEM).decode())
    write_once(
        files.key,
        server_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, moment: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - datetime.timedelta(hours=1))
        .not_valid_after(moment + datetime.timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _ends(path: Path) -> int:
    return int(x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc.timestamp())
