"""Looks at a place without a request: is its name known, does it accept a connection, what certificate does it show.

Each look goes through the dialer, so only where the egress rules let a request go.
"""

import ssl
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import Any

from cryptography import x509
from urllib3.exceptions import HTTPError

from console.adapters import clock
from console.adapters.addresses import is_public, parse_address
from console.adapters.connections import Dialer, Refused, Resolver, tls_context
from console.adapters.deadline import Deadline
from console.adapters.egress import EgressPolicy, Target
from console.adapters.faults import failure_of, timed_out
from console.adapters.tls_look import explained, look, names_of
from console.core.exchange import Failure, FailureKind
from console.core.http.reached import ReachedPlace, ServerCertificate
from console.core.json.text import shorten

REACH_S = 10.0  # a look, from the name to the certificate
_MAX_CHAIN = 6


class Depth(StrEnum):
    """How far to look."""

    NAME = "name"
    CONNECTION = "tcp"
    TLS = "tls"


def reached(
    place: ReachedPlace, target: Target, *, policy: EgressPolicy, resolver: Resolver, depth: Depth
) -> ReachedPlace:
    """The place with what the look showed. Never raises for what the far side, the name service or the network does."""
    limit_s = min(REACH_S, policy.deadline_s)
    with Deadline(limit_s) as deadline:
        dialer = Dialer(policy, target, resolver=resolver, deadline=deadline)
        start = clock.monotonic()
        try:
            found = _looked(place, target, policy=policy, dialer=dialer, depth=depth)
        except (HTTPError, OSError, ValueError, Refused) as problem:
            failure = timed_out(limit_s) if deadline.is_over else failure_of(problem)
            failure = failure if dialer.is_over else explained(failure, target, dialer)
            found = replace(place, failure=failure, certificate=_of_refused(failure, target, dialer))
        return replace(found, elapsed_ms=round((clock.monotonic() - start) * 1000))


def _looked(place: ReachedPlace, target: Target, *, policy: EgressPolicy, dialer: Dialer, depth: Depth) -> ReachedPlace:
    if depth is Depth.NAME:
        return _with_addresses(place, dialer.look_up(target.host, target.port))
    with dialer.dial(target.host, target.port) as opened:
        if depth is Depth.CONNECTION or target.scheme == "http":
            return place
        opened.settimeout(dialer.left_s())
        with tls_context(policy.ca_bundle).wrap_socket(opened, server_hostname=target.host) as secure:
            shown = _certificate(secure.getpeercert(binary_form=True))
            certificate = replace(shown, chain=_chain(secure) or shown.chain) if shown else None
            return replace(place, protocol=secure.version() or "", certificate=certificate)


def _with_addresses(place: ReachedPlace, addresses: list[str]) -> ReachedPlace:
    """Addresses inside the deployment's network are counted and not shown."""
    read = {text: parse_address(text.partition("%")[0]) for text in addresses}
    public = tuple(text for text, address in read.items() if address is not None and is_public(address))
    return replace(place, addresses=public, hidden_addresses=len(addresses) - len(public))


def _of_refused(failure: Failure, target: Target, dialer: Dialer) -> ServerCertificate | None:
    """What a server showed that was not believed: told, and never trusted."""
    if failure.kind is not FailureKind.TLS or dialer.is_over:
        return None
    found = look(target, dialer).certificate
    return _facts(found) if found is not None else None


def _certificate(der: bytes | None) -> ServerCertificate | None:
    with suppress(ValueError):
        return _facts(x509.load_der_x509_certificate(der)) if der else None
    return None


def _facts(certificate: x509.Certificate) -> ServerCertificate | None:
    with suppress(ValueError):  # fields that cannot be read
        subject = _name(certificate.subject)
        return ServerCertificate(
            subject=subject,
            issuer=_name(certificate.issuer),
            names=tuple(shorten(name, 100) for name in names_of(certificate)),
            not_before=int(certificate.not_valid_before_utc.timestamp()),
            not_after=int(certificate.not_valid_after_utc.timestamp()),
            chain=(subject,),
        )
    return None


def _name(name: x509.Name) -> str:
    return shorten(name.rfc4514_string(), 160)


def _chain(secure: ssl.SSLSocket) -> tuple[str, ...]:
    """The subjects of the chain that was believed; () where this Python does not tell (public from 3.13 on)."""
    inner: Any = getattr(secure, "_sslobj", None)
    tell = getattr(inner, "get_verified_chain", None)
    if tell is None:
        return ()
    found: list[str] = []
    with suppress(ValueError, TypeError, AttributeError):
        for one in list(tell() or ())[:_MAX_CHAIN]:
            is_der = isinstance(one, bytes)
            read = x509.load_der_x509_certificate if is_der else x509.load_pem_x509_certificate
            found.append(_name(read(one if is_der else one.public_bytes().encode()).subject))
    return tuple(found)
