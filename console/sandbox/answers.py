"""Building blocks of the sandbox's answers."""

from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from typing import Any

import msgspec

from console.core.exchange import Header, Response

REASONS = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    302: "Found",
    303: "See Other",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def json_response(status: int, value: Any, *, now: int, headers: tuple[Header, ...] = ()) -> Response:
    typed = (("Content-Type", "application/json; charset=utf-8"), *headers)
    return _response(status, msgspec.json.encode(value), now=now, headers=typed)


def text_response(status: int, body: str, *, now: int, headers: tuple[Header, ...] = (), reason: str = "") -> Response:
    """An answer that may not be stored; `Date` is the sandbox's own `now`, so that a clock can be compared with it."""
    return _response(status, body.encode(), now=now, headers=headers, reason=reason)


@dataclass(frozen=True, slots=True, repr=False)
class SentOn(Response):
    """A person is sent to an address that is registered for the client: the only redirect that leaves the workspace."""


def sent_on(location: str, *, now: int) -> SentOn:
    """303 rather than 302 or 307 (RFC 9700 section 4.12): what was posted here is posted nowhere else."""
    return SentOn(303, REASONS[303], (("Location", location), *_common(now)))


def html_headers(*, now: int, headers: tuple[Header, ...] = ()) -> tuple[Header, ...]:
    """The headers of a page (see `pages`)."""
    return (("Content-Type", "text/html; charset=utf-8"), *headers, *_common(now))


def _response(status: int, body: bytes, *, now: int, headers: tuple[Header, ...], reason: str = "") -> Response:
    return Response(status, reason or REASONS.get(status, ""), (*headers, *_common(now)), body)


def _common(now: int) -> tuple[Header, ...]:
    return (("Date", _date(now)), ("Cache-Control", "no-store"))


@lru_cache(maxsize=4)
def _date(now: int) -> str:
    return formatdate(now, usegmt=True)
