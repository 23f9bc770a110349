"""The access log: one line for each request, without query, referrer or what signs somebody in."""

from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger


class AccessLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes the few values of our own line. gunicorn's formatter first copies every header and variable."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:  # noqa: ARG002 (gunicorn's)
        if self.access_log_enabled:
            told = line(environ, status=resp.status, sent=resp.sent, taken=request_time)
            self.access_log.info(f"{self.now()} {told}")


def line(environ: dict[str, Any], *, status: str, sent: int, taken: timedelta) -> str:
    """`192.0.2.1 person 7 request aB3 "GET /inspect/" 200 5120 12ms`, in one line of ASCII.

    Client, person, request and address are as the console wrote them down; the client behind a trusted proxy is not
    the proxy. "-" is what nobody wrote: a static file has no person.
    """
    address = str(environ.get("console.address", "-")).encode("unicode_escape").decode()
    took_ms = taken.seconds * 1000 + taken.microseconds // 1000
    client = environ.get("console.client") or environ.get("REMOTE_ADDR", "-")
    who = f"person {environ.get('console.person', '-')} request {environ.get('console.request', '-')}"
    return f'{client} {who} "{environ.get("REQUEST_METHOD", "-")} {address}" {status[:3]} {sent} {took_ms}ms'
