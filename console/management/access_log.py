"""The access log: one line for each request, without query, referrer or what signs somebody in."""

from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger


class AccessLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes the few values of our own line. gunicorn's formatter first copies every header and variable."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:  # noqa: ARG002 (gunicorn's)
        if self.access_log_enabled:
            self.access_log.info(line(environ, status=resp.status, sent=resp.sent, taken=request_time))


def line(environ: dict[str, Any], *, status: str, sent: int, taken: timedelta) -> str:
    """`192.0.2.1 "GET /inspect/" 200 5120 12ms`; the address as the console wrote it down, in one line of ASCII."""
    address = str(environ.get("console.address", "-")).encode("unicode_escape").decode()
    took_ms = taken.seconds * 1000 + taken.microseconds // 1000
    method, peer = environ.get("REQUEST_METHOD", "-"), environ.get("REMOTE_ADDR", "-")
    return f'{peer} "{method} {address}" {status[:3]} {sent} {took_ms}ms'
