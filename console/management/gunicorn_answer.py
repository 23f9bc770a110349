"""One request at gunicorn's threaded worker: what its own `handle_request` does, with less around the application."""

from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http import errors, wsgi

from console.adapters import clock
from console.management.gunicorn_connection import Connection
from console.web.client_certificate import VARIABLE

STATUSES = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName, errors.ConfigurationProblem)


def answer(worker: Any, req: Any, conn: Connection) -> bool:
    """Whether the connection may be kept. Raises what the application raised before it had answered."""
    begun = clock.monotonic()
    req._expected_100_continue = False  # the connection has said it where the client still waited for it
    response, environ = wsgi.create(req, conn, conn.client, conn.server, worker.cfg, response_class=Answer)
    environ["wsgi.multithread"] = True
    environ[VARIABLE] = conn.client_certificate
    if _is_last(worker):
        response.force_close()
    try:
        _send(worker, response, environ)
    except OSError:  # the client is gone
        raise
    except (Exception, SystemExit):
        if not response.headers_sent:
            response.status = "500 Internal Server Error"
            raise
        # A 500 now would stand within the answer that has begun.
        worker.log.exception("Error handling request")
        raise StopIteration from None
    finally:
        worker.log.access(response, req, environ, timedelta(seconds=clock.monotonic() - begun))
    return not response.should_close()


def _is_last(worker: Any) -> bool:
    """Counts the request; whether its connection is to be closed after it."""
    worker.nr += 1
    if worker.nr >= worker.max_requests and worker.alive:
        worker.log.info("Autorestarting worker after current request.")
        worker.alive = False
    return not worker.alive or not worker.cfg.keepalive


def _send(worker: Any, response: Any, environ: dict[str, Any]) -> None:
    parts = worker.wsgi(environ, response.start_response)
    try:
        for part in parts:
            response.write(part)
        response.close()
    finally:
        if hasattr(parts, "close"):
            parts.close()


def refuse(worker: Any, conn: Connection, problem: BaseException) -> None:
    """Answers what is no HTTP, or what the application failed at. Neither log nor answer repeats what was sent."""
    status = _status_of(problem)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        worker.log.error("A request failed.", exc_info=problem)
    else:
        worker.log.warning("Refused what %s sent: %s", conn.client[0], type(problem).__name__)
    with suppress(OSError):
        util.write_error(conn, status.value, status.phrase, "")


def _status_of(problem: BaseException) -> HTTPStatus:
    if isinstance(problem, OURS) or not isinstance(problem, errors.ParseException):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return next((status for kind, status in STATUSES.items() if isinstance(problem, kind)), HTTPStatus.BAD_REQUEST)


class Answer(wsgi.Response):  # type: ignore[misc]  # gunicorn has no types
    """Sends an answer that is one piece in one piece: two would wake the client twice."""

    headers_sent: bool

    def process_headers(self, headers: list[tuple[str, str]]) -> None:
        """gunicorn's rules; what depends on a name alone is kept in memory, and values are looked at together."""
        if not _are_clean([value for _, value in headers]):
            super().process_headers(headers)  # says which one
            return
        for name, value in headers:
            if _is_plain(name):
                self.headers.append((name, value.strip(" \t")))
            else:
                super().process_headers([(name, value)])

    def write(self, data: bytes) -> None:
        is_whole = isinstance(data, bytes) and len(data) == self.response_length
        if self.headers_sent or not is_whole or self._omits_body or self.upgrade:
            super().write(data)
            return
        lines = [
            _first_lines(self.req.version, self.status, self.version, is_last=self.should_close()),
            _date_line(clock.now()),
            *[f"{name}: {value}\r\n" for name, value in self.headers],
            "\r\n",
        ]
        self.headers_sent = True
        self.sent = len(data)
        self.sock.sendall("".join(lines).encode("latin-1") + data)


@lru_cache(maxsize=500)
def _is_plain(name: str) -> bool:
    """Whether a header may be sent as it is; what means something to the server, or is no name, is gunicorn's."""
    is_name = isinstance(name, str) and wsgi.TOKEN_RE.fullmatch(name) is not None
    return is_name and name.lower() != "content-length" and not util.is_hoppish(name)


def _are_clean(values: list[str]) -> bool:
    try:
        return wsgi.HEADER_VALUE_RE.fullmatch("".join(values)) is not None
    except TypeError:
        return False


@lru_cache(maxsize=100)
def _first_lines(version: tuple[int, int], status: str, server: str, *, is_last: bool) -> str:
    connection = "close" if is_last else "keep-alive"
    return f"HTTP/{version[0]}.{version[1]} {status}\r\nServer: {server}\r\nConnection: {connection}\r\n"


@lru_cache(maxsize=2)
def _date_line(now: int) -> str:
    return f"Date: {util.http_date(now)}\r\n"
