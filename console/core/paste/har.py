"""The exchanges of a HAR file (HTTP Archive 1.2, the JSON that browsers and proxies save)."""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from console.core.exchange import FailureKind, Header, Request, Response
from console.core.paste.seen import SeenExchange

MAX_CHARACTERS = 20 * 1024 * 1024
MAX_BODY_CHARACTERS = 2 * 1024 * 1024
_NOT_TEXT = ("image/", "font/", "video/", "audio/", "application/octet-stream", "application/font", "application/wasm")
_FAILURES = (
    ("NAME_NOT_RESOLVED", FailureKind.DNS), ("CONNECTION_REFUSED", FailureKind.REFUSED), ("CERT", FailureKind.TLS),
    ("SSL", FailureKind.TLS), ("TIMED_OUT", FailureKind.TIMEOUT), ("RESET", FailureKind.RESET),
    ("CLOSED", FailureKind.ENDED_EARLY), ("EMPTY_RESPONSE", FailureKind.ENDED_EARLY),
)  # fmt: skip


def read_archive(text: str) -> list[Any] | None:
    """The entries of a HAR; None when the text is none. An archive is too large for the strict JSON reader."""
    if not text.startswith("{") or '"log"' not in text[:10_000] or '"entries"' not in text:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    log = value.get("log") if isinstance(value, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    return entries if isinstance(entries, list) else None


def read_entries(entries: list[Any]) -> Iterator[SeenExchange]:
    """One exchange per entry; entries that are no objects are left out."""
    for entry in entries:
        if isinstance(entry, dict):
            yield _entry(entry)


def _entry(entry: dict[str, Any]) -> SeenExchange:
    request, response = _object(entry.get("request")), _object(entry.get("response"))
    status = response.get("status")
    answer = None
    if type(status) is int and status > 0:
        answer = Response(status, _text(response, "statusText"), _headers(response), _content(response))
    failure, detail = _failure(_text(response, "_error"), has_answer=answer is not None)
    sent = Request(_text(request, "method"), _text(request, "url"), _headers(request), _sent(request))
    return SeenExchange(sent, answer, failure, detail, _moment(_text(entry, "startedDateTime")))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""


def _headers(message: dict[str, Any]) -> tuple[Header, ...]:
    listed = message.get("headers")
    rows = listed if isinstance(listed, list) else []
    return tuple((_text(row, "name"), _text(row, "value")) for row in rows if isinstance(row, dict))


def _sent(request: dict[str, Any]) -> bytes:
    """The body that was sent, from its text or from its parameters."""
    data = _object(request.get("postData"))
    text = _text(data, "text")
    params = data.get("params")
    if not text and isinstance(params, list):
        text = "&".join(f"{_text(row, 'name')}={_text(row, 'value')}" for row in params if isinstance(row, dict))
    return text[:MAX_BODY_CHARACTERS].encode("utf-8", "replace")


def _content(response: dict[str, Any]) -> bytes:
    """The body of the answer, out of base64 where it is; pictures, fonts and the like are left out."""
    content = _object(response.get("content"))
    if _text(content, "mimeType").lower().startswith(_NOT_TEXT):
        return b""
    text = _text(content, "text")[:MAX_BODY_CHARACTERS]
    if _text(content, "encoding").lower() != "base64":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


def _failure(said: str, *, has_answer: bool) -> tuple[str, str]:
    if has_answer:
        return "", ""
    kind = next((kind for mark, kind in _FAILURES if mark in said.upper()), None)
    return (kind.value if kind else ""), said[:200]


def _moment(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
        return int(moment.timestamp()) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
