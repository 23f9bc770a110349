"""HAR 1.2: what was sent and answered, as browsers, proxies and log readers open it."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Exchange, FailureKind, Header, Request, Response, Timings, header
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe

_VERSION = "HTTP/1.1"
_BESIDE = "The text is only the beginning of the body, or tells of it; the whole is on the page of the call."
# As Chromium names them, which readers of archives know; the others have our own name.
_ERRORS = {
    FailureKind.DNS: "net::ERR_NAME_NOT_RESOLVED",
    FailureKind.REFUSED: "net::ERR_CONNECTION_REFUSED",
    FailureKind.RESET: "net::ERR_CONNECTION_RESET",
    FailureKind.TLS: "net::ERR_SSL_PROTOCOL_ERROR",
    FailureKind.TIMEOUT: "net::ERR_TIMED_OUT",
    FailureKind.ENDED_EARLY: "net::ERR_CONNECTION_CLOSED",
}


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001 (what was sent has its token already)
    log = {
        "version": "1.2",
        "creator": {"name": "Token console", "version": "1"},
        "comment": "Secrets, tokens and cookies are masked: *** and <token> stand for what was there.",
        "entries": [_entry(one) for one in call.exchanges],
    }
    return json.dumps({"log": log}, indent=2, ensure_ascii=True) + "\n"


def _entry(exchange: Exchange) -> dict[str, Any]:
    elapsed = max(exchange.elapsed_ms, 0)
    return {
        "startedDateTime": datetime.fromtimestamp(exchange.started_at, UTC).isoformat(timespec="milliseconds"),
        "time": elapsed,
        "request": _request(exchange.request),
        "response": _response(exchange.response, exchange),
        "cache": {},
        "timings": _timings(exchange.timings, elapsed),
        "_purpose": exchange.purpose.value,
    }


def _timings(parts: Timings | None, elapsed_ms: int) -> dict[str, float]:
    """HAR 1.2: milliseconds, -1 for what was not measured; `connect` holds TLS as well, and sending is in the wait."""
    if parts is None:
        return {"send": 0, "wait": elapsed_ms, "receive": 0}
    tls_us, connect_us = parts.tls_us, parts.connect_us
    with_tls_us = None if connect_us is None else connect_us + (tls_us or 0)
    return {
        "blocked": -1,
        "dns": _ms(parts.dns_us),
        "connect": _ms(with_tls_us),
        "ssl": _ms(tls_us),
        "send": 0,
        "wait": max(_ms(parts.first_byte_us), 0),
        "receive": max(_ms(parts.body_us), 0),
    }


def _ms(microseconds: int | None) -> float:
    return -1 if microseconds is None else round(microseconds / 1000, 3)


def _request(request: Request) -> dict[str, Any]:
    told: dict[str, Any] = {
        "method": request.method,
        "url": request.url,
        "httpVersion": _VERSION,
        "cookies": [],
        "headers": _pairs(request.headers),
        "queryString": _query(request.url),
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        media_type = header(request.headers, "Content-Type") or ""
        told["postData"] = {"mimeType": media_type, "text": request.body.decode("utf-8", "replace")}
    return told


def _response(response: Response | None, exchange: Exchange) -> dict[str, Any]:
    """Without an answer its status is 0, and `_error` says why, as browsers do it."""
    body = response.body if response else b""
    headers = response.headers if response else ()
    failure = exchange.failure
    return {
        "status": response.status if response else 0,
        "statusText": response.reason if response else "",
        "httpVersion": _VERSION,
        "cookies": [],
        "headers": _pairs(headers),
        "content": {
            "size": response.size_bytes if response else 0,
            "mimeType": header(headers, "Content-Type") or "",
            "text": body.decode("utf-8", "replace"),
            **({"comment": _BESIDE} if response and response.whole_bytes else {}),
        },
        "redirectURL": header(headers, "Location") or "",
        "headersSize": -1,
        "bodySize": response.size_bytes if response else 0,
        **({"_error": f"{_ERRORS.get(failure.kind, failure.kind.value)}: {failure.detail}"} if failure else {}),
    }


def _pairs(headers: tuple[Header, ...]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _query(url: str) -> list[dict[str, str]]:
    try:
        query = urlsplit(url).query
    except ValueError:
        return []
    return [{"name": name, "value": value} for name, value in parse_qsl(query, keep_blank_values=True)]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001
    if not call.exchanges:
        return "A HAR holds what was sent and answered, and nothing was sent yet. It is offered on the page of a call."
    return ""


SNIPPET = Snippet(
    code="har",
    title="HAR 1.2",
    needs="anything that reads HAR 1.2: the network panel of a browser, a proxy, and this console’s Inspect page.",
    file_name="call.har",
    write=write,
    problem=problem,
    media_type="application/json",
    is_record=True,
)
