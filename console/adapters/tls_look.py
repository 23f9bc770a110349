"""Why TLS failed, in facts: one more handshake that verifies nothing and sends nothing but itself.

It goes through the same dialer, so only where the egress rules let the request go. What it finds is told, and never
trusted.
"""

import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from console.adapters.connections import Dialer, Refused
from console.adapters.egress import Target
from console.core.exchange import Failure, FailureKind
from console.core.json.text import shorten

LOOK_S = 2.0
MAX_NAMES = 5
_HANDSHAKE, _CERTIFICATE_REQUEST = 22, 13  # content type and message type, RFC 8446 sections 5.1 and 4


@dataclass(frozen=True, slots=True)
class Look:
    """What a handshake showed; `certificate` is None when it did not come that far."""

    speaks_tls: bool = False
    wants_certificate: bool = False
    certificate: x509.Certificate | None = None


def explained(failure: Failure, target: Target, dialer: Dialer) -> Failure:
    """The failure with what one look at the far side adds; unchanged when it adds nothing."""
    if target.scheme == "http":
        return _of_plain(failure, target, dialer)
    if failure.kind is FailureKind.TLS and failure.rule in ("name", "expired", "unknown_ca"):
        return _of_certificate(failure, target, look(target, dialer).certificate)
    if failure.kind is FailureKind.RESET or (failure.kind is FailureKind.TLS and failure.rule == "other"):
        return _wants_certificate() if look(target, dialer).wants_certificate else failure
    return failure


def look(target: Target, dialer: Dialer) -> Look:
    """One handshake without verification, closed at once. Never raises for what the far side does."""
    seen: list[tuple[int, int]] = []
    context = _context(seen)
    certificate, speaks_tls = None, False
    with suppress(OSError, ValueError, Refused), dialer.dial(target.host, target.port) as opened:
        opened.settimeout(min(LOOK_S, dialer.left_s()))
        with context.wrap_socket(opened, server_hostname=target.host) as secure:
            speaks_tls = True
            certificate = _read(secure.getpeercert(binary_form=True))
    return Look(speaks_tls, (_HANDSHAKE, _CERTIFICATE_REQUEST) in seen, certificate)


def _context(seen: list[tuple[int, int]]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # nothing is sent over it

    def note(_: Any, direction: str, __: Any, content: Any, message: Any, ___: bytes) -> None:
        if direction == "read":
            seen.append((int(content), int(message)))

    # Python's own hook for debugging TLS: the one way to see that a certificate was asked for.
    with suppress(AttributeError):
        context._msg_callback = note  # type: ignore[attr-defined]
    return context


def _read(der: bytes | None) -> x509.Certificate | None:
    with suppress(ValueError):
        return x509.load_der_x509_certificate(der) if der else None
    return None


def _of_plain(failure: Failure, target: Target, dialer: Dialer) -> Failure:
    """Plain HTTP was sent where TLS is spoken: such a server closes, or answers with an alert."""
    if failure.kind not in (FailureKind.RESET, FailureKind.BAD_HTTP) or not look(target, dialer).speaks_tls:
        return failure
    detail = f"The server speaks TLS at port {target.port}, and the address says http: write https."
    return Failure(failure.kind, detail, "tls_port")


def _of_certificate(failure: Failure, target: Target, certificate: x509.Certificate | None) -> Failure:
    if certificate is None:
        return failure
    with suppress(ValueError):  # fields that cannot be read
        tell = {"expired": _dates, "name": _names, "unknown_ca": _issuer}[failure.rule]
        return Failure(failure.kind, tell(certificate, target, failure.detail), failure.rule)
    return failure


def _dates(certificate: x509.Certificate, _: Target, detail: str) -> str:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if "expired" in detail:
        return f"The server's certificate has expired: it ended on {_day(ends)}."
    return f"The server's certificate is not valid yet (or this server's clock is slow): it begins on {_day(begins)}."


def _names(certificate: x509.Certificate, target: Target, _: str) -> str:
    names = names_of(certificate)
    shown = ", ".join(shorten(name, 100) for name in names[:MAX_NAMES])
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    told = f"it is for {shown}{more}, not for {target.host}" if shown else "it names no host"
    return f"The server's certificate is for another host name: {told}."


def _issuer(certificate: x509.Certificate, _: Target, detail: str) -> str:
    issuer = shorten(certificate.issuer.rfc4514_string(), 200)
    if certificate.issuer == certificate.subject:
        return (
            f"The server's certificate is signed by itself ({issuer}), not by an authority; it must be added by the "
            "console's administrator, or replaced."
        )
    return f"{detail} The unknown authority is {issuer}."


def names_of(certificate: x509.Certificate) -> list[str]:
    """The hosts that a certificate is for: its alternative names, else its common names. ValueError: unreadable."""
    return _alternative_names(certificate) or _common_names(certificate.subject)


def _alternative_names(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [str(name.value) for name in found if isinstance(name, x509.DNSName | x509.IPAddress)]


def _common_names(name: x509.Name) -> list[str]:
    return [str(part.value) for part in name.get_attributes_for_oid(NameOID.COMMON_NAME)]


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _wants_certificate() -> Failure:
    detail = "The server demands a TLS client certificate (mutual TLS), and none was sent."
    return Failure(FailureKind.TLS, detail, "client_certificate")
