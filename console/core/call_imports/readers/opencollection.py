"""OpenCollection, in which Bruno keeps its collections as YAML since 3.0: a file for each request and folder, or all in
one (`bundled`).

Source: the types of the specification (npm @opencollection/types 0.14).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.core.call_imports import bodies, scripts, tool_auth
from console.core.call_imports.bruno_parts import url_of
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import MAX_PARTS, ImportDraft
from console.core.call_imports.limits import seconds
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import ValueReader
from console.core.call_imports.values import mapping, pairs, rows, text, word
from console.core.call_imports.variables import Variables
from console.core.exchange import Header
from console.core.openapi.problems import Pointer

MAX_DEPTH = 20
_REQUESTS = ("http", "graphql")
_OTHERS = {"grpc": "gRPC", "websocket": "WebSocket"}
_RAW = {"json": bodies.JSON, "xml": "application/xml", "text": "text/plain", "sparql": "application/sparql-query"}
_SCRIPTS = {"before-request": scripts.BEFORE, "after-response": scripts.AFTER, "tests": scripts.TESTS}
_GRANTS = {"resource_owner_password_credentials": "password"}
Body = tuple[str, str, str, tuple[LeftOut, ...]]  # the text, its kind ("" to be told by headers), its type, what is not


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder hands down to its requests; `where` is the place of its list."""

    where: Pointer
    variables: Variables
    names: tuple[str, ...] = ()
    auth: Any = None
    headers: tuple[Header, ...] = ()


def knows(root: dict[str, Any]) -> bool:
    if "opencollection" in root:
        return True
    is_told = text(mapping(root.get("info")), "type") in (*_REQUESTS, *_OTHERS, "folder", "script", "app")
    return is_told or any(isinstance(root.get(name), dict) for name in (*_REQUESTS, *_OTHERS))


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    draft.title = text(mapping(root.get("info")), "name")
    if any(name in root for name in (*_REQUESTS, *_OTHERS)):
        draft.title = ""  # of one request it is its own name
        _add(root, _Folder((), draft.variables), (), draft)
        return
    top = replace(_within(root, _Folder((), Variables()), ("items",)), names=())
    top = replace(top, variables=top.variables.within(_environment(root, draft)))
    if client := _auth(top.auth, top.variables, draft.title).client:
        draft.add_client(client)
    scripts.tell(_scripts(mapping(root.get("request")).get("scripts")), draft.problems, "request")
    for one, place, where in _items(root.get("items"), top, draft):
        _add(one, place, where, draft)


def _environment(root: dict[str, Any], draft: ImportDraft) -> Variables:
    """The first one that the collection holds, and what stands in files beside it."""
    listed = mapping(root.get("config")).get("environments")
    inner = Variables()
    if isinstance(listed, list) and listed:
        tell(inner, mapping(listed[0]).get("variables"))
    return inner.within(draft.variables)


def tell(variables: Variables, listed: Any) -> None:
    """Tells a list of variables, as environments, folders and requests have them."""
    for row in rows(listed):
        variables.tell(text(row, "name"), _value(row.get("value")), is_secret=row.get("secret") is True)


def _value(value: Any) -> str:
    """A text, one with its type, or several of which one is chosen."""
    if isinstance(value, list):
        value = mapping(_chosen(value)).get("value")
    return word(value.get("data")) if isinstance(value, dict) else word(value)


def _chosen(variants: list[Any]) -> Any:
    named = [one for one in variants[:MAX_PARTS] if isinstance(one, dict)]
    return next((one for one in named if one.get("selected") is True), named[0] if named else None)


def _within(holder: dict[str, Any], around: _Folder, where: Pointer) -> _Folder:
    """What a collection or a folder hands down: its own before that of the one around it."""
    told, name = mapping(holder.get("request")), text(mapping(holder.get("info")), "name")
    variables = Variables(outer=around.variables)
    tell(variables, told.get("variables"))
    auth = around.auth if told.get("auth") in (None, "inherit") else told["auth"]
    headers = _over(around.headers, pairs(told.get("headers"), name="name"))
    return _Folder(where, variables, (*around.names, name) if name else around.names, auth, headers)


def _over(headers: tuple[Header, ...], own: list[tuple[str, str]]) -> tuple[Header, ...]:
    """With its own ones in the place of those of the same name."""
    names = {name.lower() for name, _ in own}
    return (*(one for one in headers if one[0].lower() not in names), *own)


def _items(listed: Any, folder: _Folder, draft: ImportDraft) -> Iterator[tuple[dict[str, Any], _Folder, Pointer]]:
    """Each request with the folder that holds it and its own place."""
    if len(folder.where) > 2 * MAX_DEPTH:
        draft.problems.at(f"Folders are nested deeper than {MAX_DEPTH}; what is in here is left out.", *folder.where)
        return
    for number, one in enumerate(listed[:MAX_PARTS] if isinstance(listed, list) else ()):
        if not isinstance(one, dict) or not draft.goes_on(one):
            continue
        here = (*folder.where, str(number))
        if isinstance(one.get("items"), list):
            scripts.tell(_scripts(mapping(one.get("request")).get("scripts")), draft.problems, *here, "request")
            yield from _items(one["items"], _within(one, folder, (*here, "items")), draft)
        elif any(name in one for name in (*_REQUESTS, *_OTHERS)):
            yield one, folder, here


def _add(one: dict[str, Any], place: _Folder, where: Pointer, draft: ImportDraft) -> None:
    name = text(mapping(one.get("info")), "name")
    for kind, words in _OTHERS.items():
        if kind in one:
            draft.problems.at(f"“{name[:60]}” is a request of {words}, which is left out.", *where)
            return
    runtime = mapping(one.get("runtime"))
    variables = Variables(outer=place.variables)
    tell(variables, runtime.get("variables"))
    kind = next(one_kind for one_kind in _REQUESTS if one_kind in one)
    request = mapping(one[kind])
    told = place.auth if request.get("auth") == "inherit" else request.get("auth")
    auth = _auth(told, variables, name)
    given = _over(place.headers, pairs(request.get("headers"), name="name"))
    headers = tuple((key, variables.filled(value)) for key, value in given)
    body, body_kind, wanted, left_out = _graphql(request, variables) if kind == "graphql" else _body(request, variables)
    headers = bodies.with_type(headers, wanted if body else "")
    url, headers, of_auth = tool_auth.applied(auth, url_of(request, variables), headers)
    method = text(request, "method") or ("POST" if kind == "graphql" else "GET")
    call = ImportedCall(
        name, method, url, headers, body, body_kind or bodies.kind_of(body, headers), auth.words,
        " › ".join(place.names), (*left_out, *of_auth, *scripts.left_out(_of_runtime(runtime))),
        seconds(word(mapping(one.get("settings")).get("timeout")), unit="ms"),
    )  # fmt: skip
    if auth.client:
        draft.add_client(auth.client)
    if client := client_of_request(call):
        draft.add_client(client)
    else:
        draft.add(call, *where)


def _of_runtime(runtime: dict[str, Any]) -> Iterator[str]:
    found = list(_scripts(runtime.get("scripts")))
    has_assertions = scripts.TESTS not in found and any(rows(runtime.get("assertions")))
    yield from (*found, scripts.TESTS) if has_assertions else found


def _scripts(listed: Any) -> Iterator[str]:
    for row in rows(listed):
        yield from scripts.of_members(row, {"code": _SCRIPTS.get(text(row, "type"), scripts.BEFORE)})


def _auth(told: Any, variables: Variables, name: str) -> tool_auth.ToolAuth:
    """Of OAuth 2.0 its parts stand apart: those that say who, and the flow."""
    auth = mapping(told)
    kind = text(auth, "type")
    inner = {**auth, **mapping(auth.get(kind))}
    flow = text(inner, "flow")
    parts: dict[str, Any] = {**inner, **mapping(inner.get("credentials")), **mapping(inner.get("resourceOwner"))}
    if flow:
        parts["grant_type"] = _GRANTS.get(flow, flow)
    words: Mapping[str, str] = {key: variables.filled(word(value)) for key, value in parts.items()}
    return tool_auth.of(kind, words, name=name)


def _body(request: dict[str, Any], variables: Variables) -> Body:
    body = request.get("body")
    body = mapping(mapping(_chosen(body)).get("body") if isinstance(body, list) else body)
    kind = text(body, "type")
    if kind in _RAW:
        return variables.filled(text(body, "data")), "", _RAW[kind], ()
    if kind in ("form-urlencoded", "multipart-form"):
        form, files = bodies.of_fields(body.get("data"), variables.filled)
        is_form = kind == "form-urlencoded"
        return form, "form" if is_form else "multipart", bodies.FORM if is_form else bodies.MULTIPART, files
    return "", "", "", (bodies.file_left_out("The body"),) if kind == "file" else ()


def _graphql(request: dict[str, Any], variables: Variables) -> Body:
    body = request.get("body")
    body = mapping(mapping(_chosen(body)).get("body") if isinstance(body, list) else body)
    query, given = variables.filled(text(body, "query")), variables.filled(text(body, "variables"))
    return (bodies.graphql(query, given) if query else ""), "json" if query else "", bodies.JSON, ()


READER = ValueReader("opencollection", "Bruno (OpenCollection)", knows, read)
