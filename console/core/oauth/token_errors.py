"""Reads what a token endpoint answered (RFC 6749 sections 5.1 and 5.2), however it went wrong.

Sources: reference entra.md sections 1.1, 2.1, 2.3 (codes, ids), 5.7 (values are not type-checked by MSAL).
"""

import re
from typing import Any
from urllib.parse import urlsplit

from console.core.exchange import Header, header
from console.core.http.retry_after import told_s
from console.core.json import strict as strict_json
from console.core.oauth.granted import read_granted
from console.core.oauth.token_response import TokenError, TokenResponse

_CODE = re.compile(r"AADSTS(\d{4,9})(?!\d)")
_GUID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
_IN_TEXT = {
    "trace_id": re.compile(rf"Trace ID:\s*{_GUID}"),
    "correlation_id": re.compile(rf"Correlation ID:\s*{_GUID}"),
    "timestamp": re.compile(r"Timestamp:\s*([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]{8,16}Z?)"),
}
_IN_HEADERS = {"trace_id": "x-ms-request-id", "correlation_id": "client-request-id", "timestamp": ""}


def read_token_response(
    status: int, headers: tuple[Header, ...], body: bytes, *, now: int
) -> TokenResponse | TokenError:
    """The token of an answer, or what is wrong with it. `now` is when it arrived, epoch seconds."""
    fields = _object(body)
    if not 200 <= status < 300 or fields is None or "error" in fields:
        return read_token_error(status, headers, body, now=now)
    granted = read_granted(fields, now=now)
    if isinstance(granted, str):
        return _error(status, headers, fields, kind="not_a_token_response", words=granted, now=now)
    return granted


def read_token_error(status: int, headers: tuple[Header, ...], body: bytes, *, now: int | None = None) -> TokenError:
    """The error of an answer, with its codes and the ids that support asks for.

    `now` (epoch seconds) turns a Retry-After date into seconds; without it only a number is read.
    """
    fields = _object(body)
    kind, words = _kind(status, headers, body, fields)
    return _error(status, headers, fields or {}, kind=kind, words=words, now=now)


def codes_in(description: str, error_codes: object = None) -> tuple[int, ...]:
    """The AADSTS numbers of an error, each once, the most specific (longest, then last) at the end."""
    listed = error_codes if isinstance(error_codes, list) else []
    numbers = [number for number in listed if type(number) is int and number >= 1000]
    numbers += [int(text) for text in _CODE.findall(description)]
    return tuple(sorted(dict.fromkeys(numbers), key=lambda number: len(str(number))))


def looks_like_web_page(headers: tuple[Header, ...], body: bytes) -> bool:
    """Whether a body is HTML, by its type or its first character."""
    return "html" in (header(headers, "Content-Type") or "").lower() or body.lstrip()[:1] == b"<"


def _object(body: bytes) -> dict[str, Any] | None:
    reading = strict_json.read(body)
    return reading.value if reading.is_json and isinstance(reading.value, dict) else None


def _kind(status: int, headers: tuple[Header, ...], body: bytes, fields: dict[str, Any] | None) -> tuple[str, str]:
    """What sort of answer it is, and the sentence that stands in when it brings no description."""
    if status == 429:
        return "throttled", "The provider asks to send fewer requests (HTTP 429); try again later."
    if status >= 500:
        return "server_error", f"The provider has a fault (HTTP {status}); nothing in the request explains it."
    if 300 <= status < 400:
        return "not_a_token_response", _redirected(status, header(headers, "Location") or "")
    if fields is not None and _text(fields, "error"):
        return "oauth", ""
    if fields is not None:
        words = f"The provider answered with JSON that holds neither a token nor an error (HTTP {status})."
        return "not_a_token_response", words
    return "not_json", _not_json(status, headers, body)


def _not_json(status: int, headers: tuple[Header, ...], body: bytes) -> str:
    if not body.strip():
        return f"The provider answered without a body (HTTP {status}) where a token answer was expected."
    if looks_like_web_page(headers, body):
        return (
            f"The provider answered with a web page (HTTP {status}) where a token answer was expected; a proxy, a "
            "sign-in page or a wrong address may stand in between."
        )
    return f"The provider answered with something that is not a JSON object (HTTP {status})."


def _redirected(status: int, location: str) -> str:
    try:
        split = urlsplit(location)
        place = f" to {split.scheme}://{split.hostname}" if split.hostname else ""
    except ValueError:
        place = ""
    return (
        f"The token endpoint answered with a redirect ({status}){place}; it is not followed, because the credential "
        "would go along."
    )


def _error(
    status: int, headers: tuple[Header, ...], fields: dict[str, Any], *, kind: str, words: str, now: int | None
) -> TokenError:
    description = _text(fields, "error_description")
    shown = {} if "access_token" in fields else fields
    return TokenError(
        error=_text(fields, "error"),
        error_description=description or words,
        status=status,
        kind=kind,
        codes=codes_in(description, fields.get("error_codes")),
        suberror=_text(fields, "suberror"),
        trace_id=_id("trace_id", fields, description, headers),
        correlation_id=_id("correlation_id", fields, description, headers),
        timestamp=_id("timestamp", fields, description, headers),
        retry_after_s=told_s(headers, now=now),
        claims=_text(fields, "claims"),
        body=shown,
    )


def _id(name: str, fields: dict[str, Any], description: str, headers: tuple[Header, ...]) -> str:
    found = _IN_TEXT[name].search(description)
    return _text(fields, name) or (found[1] if found else "") or header(headers, _IN_HEADERS[name]) or ""


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
