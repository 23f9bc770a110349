"""Collections of Postman, version 2.1 (and 2.0, which differs in the shape of its auth)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from console.core.call_imports import bodies, scripts, tool_auth
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import MAX_PARTS, ImportDraft
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import ValueReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.tool_auth import ToolAuth
from console.core.call_imports.values import MAX_ROWS, mapping, pairs, rows, text
from console.core.call_imports.variables import Variables
from console.core.openapi.problems import Pointer

MAX_DEPTH = 20  # folders
_LANGUAGES = {"json": bodies.JSON, "xml": "application/xml", "html": "text/html", "javascript": "text/javascript"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: what folders hand down to their calls."""

    where: Pointer
    folder: str
    auth: ToolAuth
    variables: Variables


def knows(root: dict[str, Any]) -> bool:
    return isinstance(root.get("item"), list) and isinstance(root.get("info"), dict)


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    info = mapping(root.get("info"))
    draft.title = text(info, "name")
    outer = Variables()
    _tell(outer, root.get("variable"))
    outer = outer.within(draft.variables)
    place = _Place(("item",), "", _auth(root.get("auth"), outer), outer)
    scripts.tell(scripts.of_events(root.get("event")), draft.problems, "event")
    for item, at in _items(root["item"], place, draft):
        _call(item, at, draft)


def _tell(variables: Variables, listed: Any) -> None:
    for row in rows(listed):
        name = text(row, "key") or text(row, "id")
        variables.tell(name, text(row, "value"), is_secret=row.get("type") == "secret")


def _items(listed: Any, place: _Place, draft: ImportDraft) -> Iterator[tuple[dict[str, Any], _Place]]:
    """Each call with its place, folders gone through in their order."""
    if len(place.where) > MAX_DEPTH:
        draft.problems.at(f"Folders are nested deeper than {MAX_DEPTH}; what is in here is left out.", *place.where)
        return
    for number, item in enumerate(listed[:MAX_PARTS] if isinstance(listed, list) else ()):
        if not isinstance(item, dict) or not draft.goes_on(item):
            continue
        where = (*place.where, str(number))
        if "request" not in item and isinstance(item.get("item"), list):
            scripts.tell(scripts.of_events(item.get("event")), draft.problems, *where, "event")
            yield from _items(item["item"], _inner(item, place, (*where, "item")), draft)
        else:
            yield item, replace(place, where=where)


def _inner(item: dict[str, Any], place: _Place, where: Pointer) -> _Place:
    variables = place.variables
    if item.get("variable"):
        variables = Variables(outer=variables)
        _tell(variables, item["variable"])
    name = text(item, "name")
    auth = _auth(item["auth"], variables) if item.get("auth") else place.auth
    return _Place(where, f"{place.folder} › {name}" if place.folder else name, auth, variables)


def _call(item: dict[str, Any], place: _Place, draft: ImportDraft) -> None:
    given = item.get("request")
    request = {"url": given, "method": "GET"} if isinstance(given, str) else mapping(given)
    variables = place.variables
    url = variables.filled(_url(request.get("url")))
    headers = tuple((variables.filled(name), variables.filled(value)) for name, value in _headers(request))
    body, kind, wanted, left_out = _body(mapping(request.get("body")), variables)
    headers = bodies.with_type(headers, wanted)
    auth = _auth(request["auth"], variables) if request.get("auth") else place.auth
    url, headers, of_auth = tool_auth.applied(auth, url, headers)
    method = text(request, "method") or "GET"
    name = text(item, "name") or name_of(method, url)
    whole = ImportedCall(
        name, method, url, headers, body, kind or bodies.kind_of(body, headers), auth.words, place.folder,
        (*left_out, *of_auth, *scripts.left_out(scripts.of_events(item.get("event")))),
    )  # fmt: skip
    if auth.client:
        draft.add_client(auth.client)
    if client := client_of_request(whole):
        draft.add_client(client)
    else:
        draft.add(whole, *place.where)


def _url(value: Any) -> str:
    """The address as text; of its parts where it is told in parts, with its path variables filled in."""
    if isinstance(value, str):
        return value
    url = mapping(value)
    raw = text(url, "raw") or _joined(url)
    path, question, query = raw.partition("?")
    if any(row.get("disabled") is True for row in url.get("query") or () if isinstance(row, dict)):
        query = "&".join(f"{text(row, 'key')}={text(row, 'value')}" for row in rows(url["query"]))
    for row in rows(url.get("variable")):
        name, told = text(row, "key") or text(row, "id"), text(row, "value")
        if name:
            path = _path_filled(path, name, told)
    return f"{path}?{query}" if question and query else path


def _path_filled(path: str, name: str, told: str) -> str:
    filled = told or f"{{{{{name}}}}}"
    return "/".join(filled if part == f":{name}" else part for part in path.split("/"))


def _joined(url: dict[str, Any]) -> str:
    """An address that is told in parts alone."""
    host, path = url.get("host"), url.get("path")
    host = ".".join(str(one) for one in host[:MAX_ROWS]) if isinstance(host, list) else text(url, "host")
    if isinstance(path, list):
        path = "/".join(one if isinstance(one, str) else text(one, "value") for one in path[:MAX_ROWS])
    protocol = f"{text(url, 'protocol')}://" if text(url, "protocol") else ""
    host = host.strip("/")
    port = f":{text(url, 'port')}" if text(url, "port") else ""
    query = "&".join(f"{name}={value}" for name, value in pairs(url.get("query")))
    start = f"{protocol}{host}{port}/{(path or '').lstrip('/')}" if host else ""
    return f"{start}?{query}" if query and start else start


def _headers(request: dict[str, Any]) -> list[tuple[str, str]]:
    """As rows, or (in version 2.0) as text of lines."""
    listed = request.get("header")
    if isinstance(listed, str):
        lines = (line.partition(":") for line in listed.splitlines()[:MAX_ROWS])
        return [(name.strip(), value.strip()) for name, colon, value in lines if colon]
    return pairs(listed)


def _body(body: dict[str, Any], variables: Variables) -> tuple[str, str, str, tuple[LeftOut, ...]]:
    """The body, its kind ("" to be told by its headers), the Content-Type that Postman gives it, what is left out."""
    mode = "" if body.get("disabled") is True else text(body, "mode")
    if mode == "raw":
        language = text(mapping(mapping(body.get("options")).get("raw")), "language")
        return variables.filled(text(body, "raw")), "", _LANGUAGES.get(language, ""), ()
    if mode == "urlencoded":
        return bodies.encoded(_filled(pairs(body.get("urlencoded")), variables)), "form", bodies.FORM, ()
    if mode == "formdata":
        fields = list(rows(body.get("formdata")))
        files = tuple(bodies.file_left_out(text(row, "key")) for row in fields if row.get("type") == "file")
        told = [(text(row, "key"), text(row, "value")) for row in fields if row.get("type") != "file"]
        return bodies.encoded(_filled(told, variables)), "multipart", bodies.MULTIPART, files
    if mode == "graphql":
        graphql = mapping(body.get("graphql"))
        query, given = variables.filled(text(graphql, "query")), variables.filled(text(graphql, "variables"))
        return bodies.graphql(query, given), "json", bodies.JSON, ()
    if mode == "file":
        return "", "", "", (bodies.file_left_out(text(mapping(body.get("file")), "src") or "The body"),)
    return "", "", "", ()


def _filled(told: list[tuple[str, str]], variables: Variables) -> list[tuple[str, str]]:
    return [(variables.filled(name), variables.filled(value)) for name, value in told]


def _auth(value: Any, variables: Variables) -> ToolAuth:
    """Version 2.1 lists what 2.0 has as an object."""
    auth = mapping(value)
    kind = text(auth, "type")
    told = auth.get(kind)
    found = dict(pairs(told)) if isinstance(told, list) else {name: text(told, name) for name in mapping(told)}
    return tool_auth.of(kind, {name: variables.filled(value) for name, value in found.items()})


READER = ValueReader("postman", "Postman collection", knows, read)
