"""HAR 1.2: the calls of an archive that a browser, a proxy or this console saved; pictures and the like left out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from console.core.call_imports import bodies
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import ValueReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.values import mapping, pairs, rows, text

MAX_ENTRIES = 5_000
_ASSETS = ("image/", "font/", "video/", "audio/", "text/css", "text/javascript", "application/javascript",
    "application/x-javascript", "application/wasm", "application/font", "text/html")  # fmt: skip


def knows(root: dict[str, Any]) -> bool:
    """An archive, or one request of one."""
    return isinstance(mapping(root.get("log")).get("entries"), list) or _is_request(root)


def _is_request(root: dict[str, Any]) -> bool:
    return all(isinstance(root.get(name), str) for name in ("method", "url", "httpVersion"))


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    seen: set[tuple[str, str, str]] = set()
    entries = [{"request": root}] if _is_request(root) else root["log"]["entries"]
    passed = 0
    for number, call in _calls(entries[:MAX_ENTRIES], draft):
        if call is None:
            passed += 1
        elif client := client_of_request(call):
            draft.add_client(client)
        elif (same := (call.method, call.url, call.body)) not in seen:
            seen.add(same)
            draft.add(call, "log", "entries", str(number))
    if passed:
        draft.problems.tell(f"Left out as no calls of an API, but pages, scripts or pictures: {passed}.")


def _calls(entries: list[Any], draft: ImportDraft) -> Iterator[tuple[int, ImportedCall | None]]:
    """Each with its number; None for what a page loads by itself."""
    for number, entry in enumerate(entries):
        request = mapping(mapping(entry).get("request"))
        if _is_asset(mapping(entry), request):
            yield number, None
        elif draft.goes_on(entry):
            yield number, _call(request)


def _is_asset(entry: dict[str, Any], request: dict[str, Any]) -> bool:
    """Of what was fetched with GET, by what came back; and the question that browsers ask before a call (CORS)."""
    headers = {name.lower() for name, _ in pairs(request.get("headers"), name="name")}
    if text(request, "method").upper() == "OPTIONS" and "access-control-request-method" in headers:
        return True
    told = text(mapping(mapping(entry.get("response")).get("content")), "mimeType").lower()
    is_page = text(entry, "_resourceType") in ("document", "script", "stylesheet", "image", "font", "media")
    is_loaded = text(request, "method").upper() == "GET" and "authorization" not in headers
    return is_loaded and (is_page or told.startswith(_ASSETS))


def _call(request: dict[str, Any]) -> ImportedCall:
    method, url = text(request, "method"), _url(request)
    headers = tuple(pairs(request.get("headers"), name="name"))
    body, left_out = _body(mapping(request.get("postData")))
    return ImportedCall(
        name_of(method, url), method, url, headers, body, bodies.kind_of(body, headers), folder=_host(url),
        left_out=left_out,
    )  # fmt: skip


def _url(request: dict[str, Any]) -> str:
    """The query stands in the address, and in fields beside it; some tools write only those."""
    url = text(request, "url")
    fields = pairs(request.get("queryString"), name="name")
    return url if "?" in url or not fields else f"{url}?{bodies.encoded(fields)}"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _body(data: dict[str, Any]) -> tuple[str, tuple[LeftOut, ...]]:
    """The text that was sent; of a form that is told by its fields alone what those make."""
    if text(data, "encoding") == "base64":
        return "", (LeftOut("The body", "body", "It is not text."),)
    body = text(data, "text")
    fields = [row for row in rows(data.get("params")) if text(row, "name")]
    if body or not fields:
        return body, ()
    files = tuple(bodies.file_left_out(text(row, "name")) for row in fields if text(row, "fileName"))
    told = [(text(row, "name"), text(row, "value")) for row in fields if not text(row, "fileName")]
    return bodies.encoded(told), files


READER = ValueReader("har", "HAR 1.2", knows, read)
