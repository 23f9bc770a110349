"""The answers a gateway writes itself, byte for byte."""

import json

from msgspec import Struct

from console.core.exchange import Header


class GatewayAnswer(Struct, frozen=True):
    """An answer of the gateway itself. `reason_phrase` is the status line's text, "" for the usual one.

    `status` and `body` are None when only the gateway's runtime knows them.
    """

    status: int | None
    body: str | None
    headers: tuple[Header, ...] = (("Content-Type", "application/json"),)
    reason_phrase: str = ""


def error_body(status: int, message: str) -> str:
    """`{ "statusCode": 401, "message": "…" }` with the blanks real gateways write."""
    return f'{{ "statusCode": {status}, "message": {json.dumps(message, ensure_ascii=False)} }}'


def error_answer(status: int, message: str) -> GatewayAnswer:
    return GatewayAnswer(status, error_body(status, message))


def unknown_operation() -> GatewayAnswer:
    """404 for a path or method that no operation has."""
    return error_answer(404, "Resource not found")
