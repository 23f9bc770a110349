"""What a pasted text tells: a curl command, an HTTP exchange, a log line, a JSON body."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

MAX_PASTED = 200_000
_STATUS = re.compile(r"^[<\s]*HTTP/[\d.]+ (\d{3})\b", re.M)
_REQUEST_LINE = re.compile(
    r"^[>\s]*(GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD) (\S+)(?: "
    r"HTTP/[\d.]+)?\s*$",
    re.M,
)
_HEADER = re.compile(r"^[<>\s]*([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*?)\s*$")
_CURL_HEADER = re.compile(r"""(?:-H|--header)[ =]*(?:'([^']*)'|"([^"]*)"|(\S+))""")
_CURL_METHOD = re.compile(r"""(?:-X|--request)[ =]*['"]?([A-Z]+)""")
_CURL_URL = re.compile(r"""['"]?(https?://[^\s'"]+)""")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found. `status` is None when no status line was there; `token_error` when the body is one of
    RFC 6749."""

    method: str = ""
    url: str = ""
    request_headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    response_headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    token_error: dict[str, Any] | None = None


def read_pasted(text: str) -> Pasted:
    """Read a text as far as it goes; never raises."""
    text = text[:MAX_PASTED].replace("\r\n", "\n")
    method, url, request_headers = _request(text)
    status = _STATUS.search(text)
    answer = text[status.start() :] if status else ""
    headers, rest = _headers(answer.partition("\n")[2])
    body = _json_object(rest if status else text)
    return Pasted(
        method=method,
        url=url,
        request_headers=request_headers,
        status=int(status[1]) if status else None,
        response_headers=headers,
        body=body if body is not None else rest.strip("<> \n"),
        token_error=body if body is not None and _is_token_error(body) else None,
    )


def _request(text: str) -> tuple[str, str, dict[str, str]]:
    if re.search(r"\bcurl\b", text):
        return _curl(text)
    line = _REQUEST_LINE.search(text)
    if line is None:
        return "", "", {}
    headers, _ = _headers(text[line.end() + 1 :])
    host = next((value for name, value in headers.items() if name.lower() == "host"), "")
    url = line[2] if "://" in line[2] else f"https://{host}{line[2]}" if host else line[2]
    return line[1], url, headers


def _curl(text: str) -> tuple[str, str, dict[str, str]]:
    command = text[text.index("curl") :]
    headers = {}
    for found in _CURL_HEADER.finditer(command):
        name, colon, value = next(part for part in found.groups() if part is not None).partition(":")
        if colon:
            headers[name.strip()] = value.strip()
    method, url = _CURL_METHOD.search(command), _CURL_URL.search(command)
    sends_body = re.search(r"(?:^|\s)(?:-d|--data\S*)\b", command)
    return method[1] if method else "POST" if sends_body else "GET", url[1] if url else "", headers


def _headers(text: str) -> tuple[dict[str, str], str]:
    """The header lines at the beginning of a text, and what follows them."""
    headers: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = _HEADER.match(line)
        if not found:
            return headers, "\n".join(lines[number:])
        headers[found[1]] = found[2]
    return headers, ""


def _json_object(text: str) -> dict[str, Any] | None:
    """The first JSON object in a text; None when there is none that can be read."""
    start = text.find("{")
    while start >= 0:
        try:
            value, _ = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return value if isinstance(value, dict) else None
    return None


def _is_token_error(body: dict[str, Any]) -> bool:
    return isinstance(body.get("error"), str) and isinstance(body.get("error_description", ""), str)
