"""Building blocks of the sandbox's answers."""

import json
from email.utils import formatdate
from typing import Any

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
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def json_response(status: int, value: Any, *, now: int, headers: tuple[Header, ...] = ()) -> Response:
    return text_response(
        status, json.dumps(value), now=now, headers=(("Content-Type", "application/json; charset=utf-8"), *headers)
    )


def text_response(status: int, body: str, *, now: int, headers: tuple[Header, ...] = (), reason: str = "") -> Response:
    """An answer that may not be stored; `Date` is the sandbox's own `now`, so that a clock can be compared with it."""
    common = (("Date", formatdate(now, usegmt=True)), ("Cache-Control", "no-store"))
    return Response(status, reason or REASONS.get(status, ""), (*headers, *common), body.encode())
