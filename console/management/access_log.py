"""The access log: one line for each request, without query, referrer or what signs somebody in."""

import time
from collections import deque
from datetime import timedelta
from functools import lru_cache
from typing import Any

from gunicorn.glogging import Logger

from console.adapters import clock


class AccessLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes the few values of our own line. gunicorn's formatter first copies every header and variable.

    Lines are written some milliseconds later, many at once: to write each costs as much as to make it, and wakes who
    reads them.
    """

    is_writing = False

    def setup(self, cfg: Any) -> None:
        self._lines: deque[str] = deque()
        super().setup(cfg)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:  # noqa: ARG002 (gunicorn's)
        if self.access_log_enabled:
            told = line(environ, status=resp.status or "500", sent=resp.sent, taken=request_time)
            self._lines.append(f"{_stamp(clock.now())} {told}")

    def write_out(self) -> None:
        """Writes what waits; the worker's main thread calls it, and a signal that ends the worker may interrupt it."""
        if self.is_writing or not self._lines:
            return
        self.is_writing = True
        self.access_log.info("\n".join([self._lines.popleft() for _ in range(len(self._lines))]))
        self.is_writing = False


@lru_cache(maxsize=2)
def _stamp(now: int) -> str:
    return time.strftime("[%d/%b/%Y:%H:%M:%S %z]", time.localtime(now))


def line(environ: dict[str, Any], *, status: str, sent: int, taken: timedelta) -> str:
    """`192.0.2.1 person 7 request aB3 "GET /inspect/" 200 5120 12ms`, in one line of ASCII.

    Client, person, request and address are as the console wrote them down; the client behind a trusted proxy is not
    the proxy. "-" is what nobody wrote: a static file has no person.
    """
    address = str(environ.get("console.address", "-")).encode("unicode_escape").decode().replace('"', '\\"')
    took_ms = taken.seconds * 1000 + taken.microseconds // 1000
    client = environ.get("console.client") or environ.get("REMOTE_ADDR", "-")
    who = f"person {environ.get('console.person', '-')} request {environ.get('console.request', '-')}"
    return f'{client} {who} "{environ.get("REQUEST_METHOD", "-")} {address}" {status[:3]} {sent} {took_ms}ms'
