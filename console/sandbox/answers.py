"""Building blocks of the sandbox's answers."""

from email.utils import formatdate
from functools import lru_cache
from typing import Any

import msgspec

from console.core.exchange import Header, Response

REASONS = {
    200: "OK",
    201: "Created",
    202: "Accepted",
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


def _response(status: int, body: bytes, *, now: int, headers: tuple[Header, ...], reason: str = "") -> Response:
    common = (("Date", _date(now)), ("Cache-Control", "no-store"))
    return Response(status, reason or REASONS.get(status, ""), (*headers, *common), body)


@lru_cache(maxsize=4)
def _date(now: int) -> str:
    return formatdate(now, usegmt=True)
