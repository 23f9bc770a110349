"""Connections that are opened only to addresses which passed the rules, and that a deadline can close.

The seam is `_new_conn` of urllib3: it is called for every new socket, while the host name stays in place for SNI,
the certificate check and the Host header.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from console.adapters import clock
from console.adapters.addresses import parse_address
from console.adapters.deadline import Deadline
from console.adapters.egress import EgressPolicy, Target, check_address
from console.adapters.laps import Laps
from console.core.exchange import Failure, FailureKind

Resolver = Callable[..., list[Any]]  # as socket.getaddrinfo

MAX_TRIED = 2  # how many addresses a name gives is the far side's choice
_LOOKUPS = threading.BoundedSemaphore(16)  # getaddrinfo cannot be cancelled: a hanging one keeps its thread


class Refused(Exception):
    """Carries the failure of opening a connection through urllib3, whose own errors it is not."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


class Dialer:
    """Opens the sockets of one call. `connected_to` is the address reached, "" before; `laps` what took how long."""

    def __init__(self, policy: EgressPolicy, target: Target, *, resolver: Resolver, deadline: Deadline) -> None:
        self._policy, self._target, self._resolver, self._deadline = policy, target, resolver, deadline
        self.laps = Laps(is_proxied=policy.mode == "proxy")
        self.connected_to = ""

    def dial(self, host: str, port: int) -> socket.socket:
        """A connected socket; raises Refused. In proxy mode `host` is the proxy, which judges addresses itself."""
        is_proxied = self._policy.mode == "proxy"
        places = self._allowed_places(host, port, is_proxied=is_proxied)
        last: OSError | None = None
        began_at = clock.monotonic()
        for family, kind, protocol, _, address in places[:MAX_TRIED]:
            opened = socket.socket(family, kind, protocol)
            try:
                self._connect(opened, address)
            except OSError as problem:
                opened.close()
                last = problem
            except Refused:
                opened.close()
                raise
            else:
                self.laps.connected(began_at)
                return opened
        raise Refused(_no_proxy() if is_proxied else _not_connected(last))

    def look_up(self, host: str, port: int) -> list[str]:
        """The addresses that a name leads to, each of which may be connected to; raises Refused. Not behind a proxy."""
        places = self._allowed_places(host, port, is_proxied=False)
        return list(dict.fromkeys(str(place[4][0]) for place in places))

    @property
    def is_over(self) -> bool:
        return self._deadline.is_over

    def left_s(self) -> float:
        """Seconds left of the call."""
        return self._deadline.left_s()

    def _allowed_places(self, host: str, port: int, *, is_proxied: bool) -> list[Any]:
        places = self._places(host, port, is_proxied=is_proxied)
        if not is_proxied:
            self._check([str(place[4][0]) for place in places])
        return places

    def _connect(self, opened: socket.socket, address: Any) -> None:
        opened.settimeout(min(self._policy.connect_s, self._deadline.left_s()))
        opened.connect(address)
        reached = str(opened.getpeername()[0])
        if self._policy.mode != "proxy":
            self._check([reached])
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline.watch(opened)
        self.connected_to = reached

    def _places(self, host: str, port: int, *, is_proxied: bool) -> list[Any]:
        if parse_address(host) is not None:
            return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
        # An absolute name (final dot) keeps the resolver's search domains out. Names of the operator may need them.
        is_vouched = is_proxied or "." not in host or self._policy.names(host, port)
        name = host if is_vouched else f"{host}."
        began_at = clock.monotonic()
        found = resolve(self._resolver, name, port, limit_s=min(self._policy.dns_s, self._deadline.left_s()))
        self.laps.looked_up(began_at)
        return found

    def _check(self, texts: list[str]) -> None:
        """Every answer must pass: a public address among private ones is the mark of rebinding."""
        for text in texts:
            address = parse_address(text.partition("%")[0])
            failure = check_address(self._policy, self._target, address) if address else _no_address()
            if failure is not None:
                raise Refused(failure)


def resolve(resolver: Resolver, name: str, port: int, *, limit_s: float) -> list[Any]:
    """One look-up with a time limit, which getaddrinfo lacks. Raises Refused with DNS or TIMEOUT (rule dns)."""
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(resolver(name, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as problem:
            answers.put(problem)
        finally:
            _LOOKUPS.release()

    if not _LOOKUPS.acquire(blocking=False):
        raise Refused(_slow_dns(limit_s))
    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=limit_s)
    except queue.Empty:
        raise Refused(_slow_dns(limit_s)) from None
    if isinstance(answer, Exception) or not answer:
        raise Refused(_no_address())
    return answer


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, dialer: Dialer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self._dialer.dial(self.host, self.port)

    def connect(self) -> None:
        super().connect()
        self._dialer.laps.ready()


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, dialer: Dialer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self._dialer.dial(self.host, self.port or 443)

    def connect(self) -> None:
        super().connect()
        self._dialer.laps.secured()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


def pool_classes(dialer: Dialer) -> dict[str, Callable[..., HTTPConnectionPool]]:
    """What makes urllib3's pools by scheme, with every socket opened by `dialer`."""
    return {"http": partial(_PlainPool, dialer=dialer), "https": partial(_SecurePool, dialer=dialer)}


@lru_cache(maxsize=4)
def tls_context(ca_bundle: str | None) -> ssl.SSLContext:
    """The context of every connection that shows no certificate of its own."""
    return new_tls_context(ca_bundle)


def new_tls_context(ca_bundle: str | None) -> ssl.SSLContext:
    """TLS 1.2 or newer with verification on; a bundle adds roots. OSError when the bundle cannot be read."""
    context = create_urllib3_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(certifi.where())
    if ca_bundle:
        context.load_verify_locations(ca_bundle)
    return context


def _no_address() -> Failure:
    return Failure(FailureKind.DNS, "The host name was not found; check its spelling and that it is public.")


def _slow_dns(limit_s: float) -> Failure:
    return Failure(FailureKind.TIMEOUT, f"The host name was not resolved within {limit_s:g} seconds.", "dns")


def _no_proxy() -> Failure:
    return Failure(FailureKind.REFUSED, "The configured proxy of this console cannot be reached.", "proxy")


def _not_connected(problem: OSError | None) -> Failure:
    if isinstance(problem, TimeoutError):
        return Failure(FailureKind.TIMEOUT, "The server did not accept a connection in time.", "connect")
    if isinstance(problem, ConnectionResetError):
        return Failure(FailureKind.RESET, "The server closed the connection while it was being opened.")
    if isinstance(problem, ConnectionRefusedError):
        return Failure(FailureKind.REFUSED, "The server refused the connection: nothing listens on that port.")
    return Failure(FailureKind.REFUSED, "No connection could be opened: the network gives no way to the server.")
