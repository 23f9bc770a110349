"""The trace a gateway gives on demand (listTrace): JSON with what each policy saw and decided.

Source: reference apim.md section 3.5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.core.exchange import Header, Request, Response
from console.core.paste.seen import SeenExchange

MAX_ENTRIES = 500
_SECTIONS = ("inbound", "backend", "outbound", "on-error", "onError")


@dataclass(frozen=True, slots=True, repr=False)
class GatewayTrace:
    """`seen` is the call as the gateway saw it; `messages` are lines of "source: message", in order."""

    seen: SeenExchange
    messages: tuple[str, ...]


def read_trace(value: Any) -> GatewayTrace | None:
    """The trace in a decoded JSON value; None when it is none."""
    entries = value.get("traceEntries") if isinstance(value, dict) else None
    if not isinstance(entries, dict):
        return None
    listed = [row for name in _SECTIONS for row in _rows(entries.get(name))][:MAX_ENTRIES]
    request, response = None, None
    messages: list[str] = []
    for row in listed:
        data = row.get("data")
        request = request or _request(data)
        response = _response(data) or response
        messages += [f"{row.get('source', '')}: {line}" for line in _messages(data)]
    return GatewayTrace(SeenExchange(request, response), tuple(messages))


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))


def _messages(data: Any) -> list[str]:
    """The texts of an entry: itself, its message, and what it says of an error."""
    if isinstance(data, str):
        return [data]
    if not isinstance(data, dict):
        return []
    named = (data.get(name) for name in ("message", "messages", "error", "reason", "transformation"))
    texts: list[str] = []
    for one in named:
        texts += [text for text in (one if isinstance(one, list) else [one]) if isinstance(text, str)]
        texts += _messages(one) if isinstance(one, dict) else []
    return texts


def _request(data: Any) -> Request | None:
    sent = data.get("request") if isinstance(data, dict) else None
    if not isinstance(sent, dict) or not isinstance(sent.get("url"), str):
        return None
    return Request(str(sent.get("method", "")), sent["url"], _headers(sent))


def _response(data: Any) -> Response | None:
    answer = data.get("response") if isinstance(data, dict) else None
    if not isinstance(answer, dict):
        return None
    status = answer.get("status", answer.get("statusCode"))
    code = status.get("code") if isinstance(status, dict) else status
    reason = status.get("reason", "") if isinstance(status, dict) else ""
    if type(code) is not int:
        return None
    return Response(code, str(reason), _headers(answer))


def _headers(message: dict[str, Any]) -> tuple[Header, ...]:
    rows = message.get("headers")
    if isinstance(rows, dict):
        return tuple((name, str(value)) for name, value in rows.items())
    return tuple((str(row.get("name", "")), str(row.get("value", ""))) for row in _rows(rows))
