"""The one way out: sends a request under the egress rules and gives an Exchange, whatever the world does.

Redirects are never followed (RFC 9110 section 15.4: the 3xx is the answer), nothing is sent twice, no cookie, proxy
or credential is taken from the environment, and TLS verification cannot be switched off.
"""

import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from console.adapters import clock
from console.adapters.bodies import too_large
from console.adapters.connections import Resolver
from console.adapters.egress import EgressPolicy, Target, check_secret_at, check_target, check_url, read_target
from console.adapters.faults import by_whose_limit
from console.adapters.headers import check_headers
from console.adapters.reaching import Depth, reached
from console.adapters.sending import Limits, SendingOutcome, send_out
from console.adapters.slots import OUTGOING, Slots
from console.core.credential import Certificate
from console.core.exchange import Exchange, Failure, FailureKind, Purpose, Request, Response, header
from console.core.http.reached import ReachedPlace
from console.core.tokens.certificates import first_of

Handler = Callable[[Request], Response | Failure]

_NO_TLS = "A client certificate is shown over TLS, and this address is plain http. Write it with https."
_DEFAULTS = (("User-Agent", "token-console"), ("Accept", "*/*"), ("Accept-Encoding", "gzip, identity"))
_CREDENTIALS = frozenset({"authorization", "cookie"})
_METHOD = re.compile(r"[A-Z]{1,20}")
_DOT_SEGMENT = re.compile(r"(^|/)(\.|%2e){1,2}(/|\?|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Observation:
    """One attempt for audit and log: where to and how it ended, never path, query or headers.

    `verdict` is the status, or kind and rule of the failure. `address` is the one connected to, "" when none.
    """

    method: str
    origin: str
    verdict: str
    size_bytes: int
    elapsed_ms: int
    address: str = ""


Observer = Callable[[Observation], None]


class Transport:
    """Sends requests under one policy.

    `local` maps URL prefixes (whole path segments) to handlers that answer in process: no socket is opened for them.
    `share` is whose part of the slots is used, "" for nobody's.
    """

    def __init__(
        self,
        policy: EgressPolicy,
        *,
        local: Mapping[str, Handler] | None = None,
        resolver: Resolver = socket.getaddrinfo,
        observer: Observer | None = None,
        slots: Slots = OUTGOING,
        share: str = "",
    ) -> None:
        self.policy = policy
        self._resolver, self._observer = resolver, observer
        self._slots, self._share = slots, share
        self._local = [(_prefix(url), handler) for url, handler in (local or {}).items()]

    def send(
        self,
        request: Request,
        *,
        purpose: Purpose = Purpose.CALL,
        deadline_s: float | None = None,
        max_body_bytes: int | None = None,
        carries_secret: bool = False,
        certificate: Certificate | None = None,
    ) -> Exchange:
        """The exchange of one request; never raises for what the world does. Limits default to the policy's, and a
        timeout of the request's own only shortens them.

        What `carries_secret`, as every token request and everything with a credential header does, goes over https
        only, or in this process, or to a host that the policy lists for it.
        `certificate` is shown to the far side while the connection is made, over https only.
        The request in the exchange is the one sent, default headers included.
        """
        started_at, start = clock.now_exact(), clock.monotonic()
        sent = _with_defaults(request, certificate)
        target = read_target(sent.url)  # once: it takes long, and all that follows asks for it
        own_s = self.policy.longest_call_s if purpose is Purpose.CALL else self.policy.deadline_s
        longest_s = deadline_s or own_s
        limits = Limits(min(longest_s, sent.timeout_s or longest_s), max_body_bytes or self.policy.max_body_bytes)
        handler = self._handler_for(target)
        is_secret = carries_secret or purpose is Purpose.TOKEN or _has_credentials(sent) or certificate is not None
        outcome = self._answer(sent, handler or target, limits, is_secret=is_secret, certificate=certificate)
        outcome = replace(
            outcome, failure=by_whose_limit(outcome.failure, sent.timeout_s, self.policy, longest_s=own_s)
        )
        elapsed_ms = round((clock.monotonic() - start) * 1000)
        if self._observer is not None:
            self._observer(_observation(sent, target, outcome, elapsed_ms=elapsed_ms))
        return Exchange(
            request=sent,
            response=outcome.response,
            failure=outcome.failure,
            started_at=started_at,
            elapsed_ms=elapsed_ms,
            purpose=purpose,
            is_local=handler is not None,
            via_proxy=handler is None and self.policy.mode == "proxy",
            timings=outcome.timings,
        )

    def reach(self, url: str, depth: Depth) -> ReachedPlace:
        """How far a look at the URL's place comes: its name, a connection, TLS. Nothing is sent but that, under the
        same rules as a request; never raises for what the world does.
        """
        target = read_target(url)
        if isinstance(target, Failure):
            return ReachedPlace("", 0, failure=target)
        place = ReachedPlace(target.host, target.port, is_plain=target.scheme == "http")
        if self._handler_for(target) is not None:
            return replace(place, is_local=True)
        checked = check_target(self.policy, target)
        failure = checked if isinstance(checked, Failure) else None
        if depth is Depth.TLS:
            failure = failure or check_secret_at(self.policy, target)
        if failure is not None or self.policy.mode == "proxy":
            return replace(place, failure=failure, is_proxied=failure is None)
        return self._reached(place, target, depth)

    def _reached(self, place: ReachedPlace, target: Target, depth: Depth) -> ReachedPlace:
        start = clock.monotonic()
        with self._slots.hold(self._share) as is_held:
            if not is_held:
                return replace(place, failure=_busy())
            found = reached(place, target, policy=self.policy, resolver=self._resolver, depth=depth)
        if self._observer is not None:
            verdict = str(found.failure.kind) if found.failure else "reached"
            elapsed_ms = round((clock.monotonic() - start) * 1000)
            self._observer(Observation(depth.value.upper(), target.origin, verdict, 0, elapsed_ms))
        return found

    def answers_locally(self, url: str) -> bool:
        """Whether a handler in this process answers the URL, so that nothing leaves the server."""
        return self._handler_for(read_target(url)) is not None

    def check(self, url: str) -> Failure | None:
        """Why the URL would be refused before any look-up or connection; None when it would be tried."""
        checked = None if self.answers_locally(url) else check_url(self.policy, url)
        return checked if isinstance(checked, Failure) else None

    def _handler_for(self, target: Target | Failure) -> Handler | None:
        if isinstance(target, Failure) or _DOT_SEGMENT.search(target.path):
            return None
        for prefix, handler in self._local:
            is_inside = target.path == prefix.path or target.path.startswith((f"{prefix.path}/", f"{prefix.path}?"))
            if target.origin == prefix.origin and is_inside:
                return handler
        return None

    def _answer(
        self,
        request: Request,
        place: Handler | Target | Failure,
        limits: Limits,
        *,
        is_secret: bool,
        certificate: Certificate | None,
    ) -> SendingOutcome:
        """`place` answers, or is where the request goes, or why that cannot be read."""
        failure = check_headers(request.headers) or _check_method(request.method)
        if failure is None and is_secret and isinstance(place, Target):
            failure = check_secret_at(self.policy, place)
        if failure is not None:
            return SendingOutcome(failure=failure)
        if not isinstance(place, Target | Failure):
            return _answer_locally(request, place, limits)
        target = check_target(self.policy, place) if isinstance(place, Target) else place
        if isinstance(target, Failure):
            return SendingOutcome(failure=target)
        if certificate is not None and target.scheme != "https":
            return SendingOutcome(failure=Failure(FailureKind.BLOCKED_ADDRESS, _NO_TLS, "scheme"))
        return self._send_out(request, target, limits, certificate)

    def _send_out(
        self, request: Request, target: Target, limits: Limits, certificate: Certificate | None
    ) -> SendingOutcome:
        with self._slots.hold(self._share) as is_held:
            if is_held:
                return send_out(
                    request,
                    target,
                    policy=self.policy,
                    resolver=self._resolver,
                    limits=limits,
                    certificate=certificate,
                )
        return SendingOutcome(failure=_busy())


def _busy() -> Failure:
    detail = "Too many calls are under way from this console; try again in a few seconds."
    return Failure(FailureKind.BUSY, detail)


def _prefix(url: str) -> Target:
    target = read_target(url)
    if isinstance(target, Failure):
        raise ValueError(f"The local prefix {url!r} is not a URL: {target.detail}")
    return replace(target, path=target.path.rstrip("/"))


def _answer_locally(request: Request, handler: Handler, limits: Limits) -> SendingOutcome:
    answer = handler(request)
    if isinstance(answer, Failure):
        return SendingOutcome(failure=answer)
    if len(answer.body) <= limits.body_bytes:
        return SendingOutcome(answer)
    cut = replace(answer, body=answer.body[: limits.body_bytes], is_cut=True)
    return SendingOutcome(cut, too_large(limits.body_bytes))


def _with_defaults(request: Request, certificate: Certificate | None) -> Request:
    missing = tuple((name, value) for name, value in _DEFAULTS if header(request.headers, name) is None)
    shown = first_of(certificate.chain_pem) if certificate else ""
    return replace(request, headers=(*request.headers, *missing), client_certificate=shown)


def _has_credentials(request: Request) -> bool:
    return any(name.lower() in _CREDENTIALS for name, _ in request.headers)


def _check_method(method: str) -> Failure | None:
    if _METHOD.fullmatch(method) and method != "CONNECT":
        return None
    return Failure(FailureKind.BLOCKED_ADDRESS, "This HTTP method is not sent; use GET, POST or the like.", "method")


def _observation(
    request: Request, target: Target | Failure, outcome: SendingOutcome, *, elapsed_ms: int
) -> Observation:
    failure, response = outcome.failure, outcome.response
    return Observation(
        method=request.method if _METHOD.fullmatch(request.method) else "?",
        origin="" if isinstance(target, Failure) else target.origin,
        verdict=f"{failure.kind} {failure.rule}".strip() if failure else str(response.status if response else ""),
        size_bytes=len(response.body) if response else 0,
        elapsed_ms=elapsed_ms,
        address=outcome.address,
    )
