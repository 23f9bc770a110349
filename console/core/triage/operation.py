"""The operation of a row: what the gateway calls it, else its method and path without the ids in it."""

import re

from console.core.redaction.redact import redact_text

_VARYING = re.compile(r"^(?:\d+|[0-9a-fA-F-]{16,}|(?=\D*\d)[\w.~-]{12,}|[^/]*@[^/]*|[^/]{60,})$")
_REQUEST = re.compile(r"^([A-Z]{3,10}) (\S+)(?: HTTP/[\d.]+)?$")
_CATEGORY = re.compile(r"^Microsoft\.", re.I)
_BEHIND_PATH = re.compile(r"[?#;]")
_MOST_PARTS, _MOST = 12, 200


def operation_of(operation: str, method: str, url: str) -> str:
    """ "GET /orders/{id}", or the operation's own name; "" when the row says neither. Nothing secret is in it."""
    if operation and not _CATEGORY.match(operation) and not operation.startswith("/") and "://" not in operation:
        found = _REQUEST.match(operation)
        return f"{found[1]} {_path(found[2])}" if found else redact_text(operation)[:_MOST]
    if found := _REQUEST.match(url):
        method, url = found[1], found[2]
    path = _path(url or (operation if operation.startswith("/") else ""))
    return f"{method} {path}".strip()[:_MOST]


def _path(url: str) -> str:
    """The path with {id} for each part that varies; queries, which may hold anything, are left out."""
    rest = url.split("://", 1)[-1]
    path = rest[rest.find("/") :] if "://" in url and "/" in rest else rest if "://" not in url else "/"
    parts = _BEHIND_PATH.split(path, maxsplit=1)[0].split("/")[: _MOST_PARTS + 1]
    return redact_text("/".join("{id}" if _VARYING.match(part) else part for part in parts))[:_MOST]
