"""One request over a socket: opened under the rules, ended by the deadline, read under the size limit."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from urllib3 import BaseHTTPResponse, HTTPHeaderDict, PoolManager, ProxyManager, make_headers
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout, parse_url

from console.adapters.bodies import read_body
from console.adapters.client_certificate import context_showing
from console.adapters.connections import Dialer, Refused, Resolver, pool_classes, tls_context
from console.adapters.deadline import Deadline
from console.adapters.egress import EgressPolicy, Target
from console.adapters.faults import failure_of, timed_out
from console.adapters.laps import Laps
from console.adapters.tls_look import explained
from console.core.credential import Certificate
from console.core.exchange import Failure, FailureKind, Request, Response, Timings


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one call: seconds until it is ended, bytes of body that are read."""

    deadline_s: float
    body_bytes: int


@dataclass(frozen=True, slots=True)
class SendingOutcome:
    """What came of a request; `address` is the one connected to, "" when none, `timings` None when no socket was."""

    response: Response | None = None
    failure: Failure | None = None
    address: str = ""
    timings: Timings | None = None


def send_out(
    request: Request,
    target: Target,
    *,
    policy: EgressPolicy,
    resolver: Resolver,
    limits: Limits,
    certificate: Certificate | None = None,
) -> SendingOutcome:
    """Sends a checked request. Never raises for what the far side, the name service or the network does.

    `certificate` is shown to the far side while the connection is made.
    """
    with Deadline(limits.deadline_s) as deadline:
        dialer = Dialer(policy, target, resolver=resolver, deadline=deadline)
        shown = partial(_context, policy, certificate)
        outcome = _exchange(request, target, policy=policy, dialer=dialer, limits=limits, tls=shown)
        if deadline.is_over:
            outcome = _ended_by_deadline(outcome, limits)
        outcome = replace(outcome, address=dialer.connected_to)
        return _told_of_certificate(outcome) if certificate is not None else outcome


def _exchange(
    request: Request,
    target: Target,
    *,
    policy: EgressPolicy,
    dialer: Dialer,
    limits: Limits,
    tls: Callable[[], ssl.SSLContext],
) -> SendingOutcome:
    answer = None
    try:
        with _manager(policy, target, dialer, tls) as manager:
            pool = manager.connection_from_host(target.host, target.port, target.scheme)
            answer = _open(pool, request, target, timeout_s=limits.deadline_s, is_proxied=bool(policy.proxy))
            return _read(answer, limits, dialer.laps)
    except (HTTPError, OSError, ValueError, Refused) as problem:
        failure, timings = failure_of(problem), dialer.laps.timings()  # before the look below, which opens again
        is_over = policy.proxy or dialer.is_over  # behind a proxy the far side is not ours to look at
        return SendingOutcome(failure=failure if is_over else explained(failure, target, dialer), timings=timings)
    finally:
        if answer is not None:
            answer.close()


def _manager(policy: EgressPolicy, target: Target, dialer: Dialer, tls: Callable[[], ssl.SSLContext]) -> PoolManager:
    context = tls() if target.scheme == "https" or _is_https(policy.proxy) else None
    if policy.proxy:
        proxy = parse_url(policy.proxy)
        headers = make_headers(proxy_basic_auth=proxy.auth) if proxy.auth else None
        manager: PoolManager = ProxyManager(policy.proxy, 1, None, headers, ssl_context=context)
    else:
        manager = PoolManager(1, ssl_context=context)
    manager.pool_classes_by_scheme = pool_classes(dialer)  # type: ignore[assignment]  # it calls them, no more
    return manager


def _open(
    pool: HTTPConnectionPool, request: Request, target: Target, *, timeout_s: float, is_proxied: bool
) -> BaseHTTPResponse:
    headers = HTTPHeaderDict()
    for name, value in request.headers:
        headers.add(name, value)
    is_forwarded = is_proxied and target.scheme == "http"
    return pool.urlopen(
        request.method,
        f"{target.origin}{target.path}" if is_forwarded else target.path,
        body=request.body or None,
        headers=headers,
        retries=False,
        redirect=False,
        assert_same_host=False,
        # Longer than the deadline, which ends the call: the silence between two reads is no limit of its own.
        timeout=Timeout(connect=timeout_s, read=timeout_s + 1),
        preload_content=False,
        decode_content=False,
    )


def _read(answer: BaseHTTPResponse, limits: Limits, laps: Laps) -> SendingOutcome:
    laps.answered()
    body = read_body(answer, limits.body_bytes)
    laps.read()
    response = Response(
        status=answer.status,
        reason=answer.reason or "",
        headers=tuple(answer.headers.items()),
        body=body.content,
        is_cut=body.is_cut,
    )
    failure = failure_of(body.problem) if body.problem else body.failure
    return SendingOutcome(response, failure, timings=laps.timings())


def _ended_by_deadline(outcome: SendingOutcome, limits: Limits) -> SendingOutcome:
    """A shut socket can look like a clean end, so even a seemingly complete answer counts as cut."""
    response = replace(outcome.response, is_cut=True) if outcome.response else None
    failure = outcome.failure
    if failure is not None and failure.kind is FailureKind.TIMEOUT:
        return replace(outcome, response=response)
    return replace(outcome, response=response, failure=timed_out(limits.deadline_s))


def _told_of_certificate(outcome: SendingOutcome) -> SendingOutcome:
    """Where a certificate was shown, a server that demands one has refused this one."""
    failure = outcome.failure
    if failure is None or failure.rule != "client_certificate" or not outcome.address:
        return outcome
    detail = (
        "The server did not accept the client certificate that was shown: it does not know its authority, or expects "
        "another one. Have it registered there, or use the one that is."
    )
    return replace(outcome, failure=replace(failure, detail=detail))


def _context(policy: EgressPolicy, certificate: Certificate | None) -> ssl.SSLContext:
    try:
        if certificate is not None:
            return context_showing(certificate, policy.ca_bundle)
        return tls_context(policy.ca_bundle)
    except OSError:  # ssl.SSLError is one
        detail = (
            "The file of extra certificate authorities of this console cannot be read; its administrator must mend it."
        )
        raise Refused(Failure(FailureKind.TLS, detail, "other")) from None


def _is_https(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith("https:")
