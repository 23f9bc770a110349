"""Names what urllib3 raised. Each failure is one sentence without addresses, paths or values."""

import http.client
import ssl
from dataclasses import replace

from urllib3 import exceptions

from console.adapters.bodies import ended_early
from console.adapters.connections import Refused
from console.adapters.egress import EgressPolicy
from console.core.exchange import Failure, FailureKind

# X509_V_ERR_* of OpenSSL
_EXPIRED, _NOT_YET = 10, 9
_NOT_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG")
_NAME_MISMATCH = (62, 64)


def failure_of(problem: Exception) -> Failure:
    """The failure behind an exception of urllib3 or of a socket, looked for along its causes."""
    chain = _chain(problem)
    refused = next((link for link in chain if isinstance(link, Refused)), None)
    if refused is not None:
        return refused.failure
    tls = next((link for link in chain if isinstance(link, ssl.SSLError)), None)
    if tls is not None:
        return _tls_failure(tls)
    return _by_type(problem, chain)


def _by_type(problem: Exception, chain: list[BaseException]) -> Failure:
    if any(isinstance(link, exceptions.ProxyError) for link in chain):
        return Failure(FailureKind.REFUSED, "The configured proxy refused the request.", "proxy")
    if any(isinstance(link, http.client.IncompleteRead) for link in chain):
        return ended_early()
    if any(isinstance(link, ConnectionError | http.client.RemoteDisconnected) for link in chain):
        return Failure(FailureKind.RESET, "The server closed the connection before its answer was complete.")
    if any(isinstance(link, TimeoutError | exceptions.TimeoutError) for link in chain):
        return timed_out()
    if isinstance(problem, exceptions.HTTPError | http.client.HTTPException | ValueError):
        return Failure(FailureKind.BAD_HTTP, "What the server sent is not a valid HTTP answer.")
    return Failure(FailureKind.RESET, "The connection broke off.")


def timed_out(limit_s: float | None = None) -> Failure:
    within = f" within {_seconds(limit_s)}" if limit_s is not None else " in time"
    return Failure(FailureKind.TIMEOUT, f"The answer was not complete{within}.", "total")


def _seconds(number: float) -> str:
    return f"{number:g} second{'' if number == 1 else 's'}"


def by_whose_limit(
    failure: Failure | None, timeout_s: int | None, policy: EgressPolicy, *, longest_s: float
) -> Failure | None:
    """The failure, told apart where a call's own timeout ended it before the console's limits would have."""
    is_shorter = timeout_s is not None and timeout_s < longest_s
    if failure is None or failure.kind is not FailureKind.TIMEOUT or timeout_s is None or not is_shorter:
        return failure
    if failure.rule == "total":
        return replace(failure, rule="asked")
    own_s = {"dns": policy.dns_s, "connect": policy.connect_s}.get(failure.rule, 0)
    if timeout_s >= own_s:
        return failure
    told = f"The timeout of {_seconds(timeout_s)} that was set for this call ended the wait."
    return replace(failure, detail=f"{failure.detail} {told}")


def _tls_failure(problem: ssl.SSLError) -> Failure:
    if not isinstance(problem, ssl.SSLCertVerificationError):
        return _no_handshake(problem.reason or "")
    code = problem.verify_code
    if code in _NAME_MISMATCH:
        return Failure(FailureKind.TLS, "The server's certificate is for another host name.", "name")
    if code in (_EXPIRED, _NOT_YET):
        when = "has expired" if code == _EXPIRED else "is not valid yet (or this server's clock is slow)"
        return Failure(FailureKind.TLS, f"The server's certificate {when}.", "expired")
    return Failure(
        FailureKind.TLS,
        "The server's certificate comes from an authority that this console does not know; a company's own "
        "authority, or its TLS inspection, must be added by the console's administrator.",
        "unknown_ca",
    )


def _no_handshake(reason: str) -> Failure:
    """By OpenSSL's name of what went wrong."""
    if reason in _NOT_TLS:
        detail = "What answers at this port is not TLS but plain HTTP, most likely. Check the port, or write http."
        return Failure(FailureKind.TLS, detail, "not_tls")
    if "CERTIFICATE_REQUIRED" in reason:
        detail = "The server demands a TLS client certificate (mutual TLS), and none was sent."
        return Failure(FailureKind.TLS, detail, "client_certificate")
    detail = "No secure connection came about: the server speaks an old version of TLS, or broke the handshake off."
    return Failure(FailureKind.TLS, detail, "other")


def _chain(problem: BaseException) -> list[BaseException]:
    """The exception, what it carries in its arguments (as urllib3 nests) and what caused it; each once."""
    found: list[BaseException] = []
    waiting: list[object] = [problem]
    while waiting:
        link = waiting.pop()
        if not isinstance(link, BaseException) or link in found:
            continue
        found.append(link)
        waiting += [*link.args, link.__cause__, link.__context__]
    return found
