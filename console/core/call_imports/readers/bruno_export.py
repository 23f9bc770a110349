"""A collection that Bruno exported as one JSON file."""

from collections.abc import Iterable, Iterator
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
from console.core.openapi.problems import Pointer

MAX_DEPTH = 20
_TEXTS = {"json": bodies.JSON, "xml": "application/xml", "text": "text/plain", "sparql": "application/sparql-query"}


def knows(root: dict[str, Any]) -> bool:
    return isinstance(root.get("items"), list) and ("brunoConfig" in root or "version" in root)


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    draft.title = text(root, "name")
    variables = Variables(outer=draft.variables)
    environments = root.get("environments")
    first = mapping(environments[0]) if isinstance(environments, list) and environments else {}
    for row in rows(first.get("variables")):
        variables.tell(text(row, "name"), text(row, "value"), is_secret=row.get("secret") is True)
    inherited = mapping(_of_root(root).get("auth"))
    scripts.tell(_scripts(_of_root(root)), draft.problems, "root")
    for one, place in _requests(root["items"], _Folder("", inherited, ("items",)), draft):
        _add(one, place, variables, draft)


@dataclass(frozen=True, slots=True)
class _Folder:
    """`name` with those around it, `auth` as it is inherited."""

    name: str
    auth: dict[str, Any]
    where: Pointer


def _requests(listed: Any, folder: _Folder, draft: ImportDraft) -> Iterator[tuple[dict[str, Any], _Folder]]:
    """Each request with the folder that holds it, `where` being its own place."""
    if len(folder.where) > 2 * MAX_DEPTH:
        draft.problems.at(f"Folders are nested deeper than {MAX_DEPTH}; what is in here is left out.", *folder.where)
        return
    for number, one in enumerate(listed[:MAX_PARTS] if isinstance(listed, list) else ()):
        if not isinstance(one, dict) or not draft.goes_on(one):
            continue
        here = (*folder.where, str(number))
        if isinstance(one.get("items"), list):
            own = mapping(_of_root(one).get("auth"))
            auth = own if text(own, "mode") not in ("", "inherit") else folder.auth
            name = f"{folder.name} › {text(one, 'name')}" if folder.name else text(one, "name")
            scripts.tell(_scripts(_of_root(one)), draft.problems, *here, "root")
            yield from _requests(one["items"], _Folder(name, auth, (*here, "items")), draft)
        elif isinstance(one.get("request"), dict):
            yield one, replace(folder, where=here)


def _add(one: dict[str, Any], place: _Folder, variables: Variables, draft: ImportDraft) -> None:
    request = one["request"]
    own = mapping(request.get("auth"))
    told = place.auth if text(own, "mode") == "inherit" else own
    mode = text(told, "mode")
    auth = tool_auth.of(mode, {name: variables.filled(word(value)) for name, value in mapping(told.get(mode)).items()})
    headers = tuple((name, variables.filled(value)) for name, value in pairs(request.get("headers"), name="name"))
    body, kind, wanted, left_out = _body(mapping(request.get("body")), variables)
    headers = bodies.with_type(headers, wanted if body else "")
    url, headers, of_auth = tool_auth.applied(auth, url_of(request, variables), headers)
    call = ImportedCall(
        text(one, "name"), text(request, "method") or "GET", url, headers, body, kind or bodies.kind_of(body, headers),
        auth.words, place.name, (*left_out, *of_auth, *scripts.left_out(_scripts(request))),
        seconds(word(mapping(one.get("settings")).get("timeout")), unit="ms"),
    )  # fmt: skip
    if auth.client:
        draft.add_client(auth.client)
    if client := client_of_request(call):
        draft.add_client(client)
    else:
        draft.add(call, *place.where)


def _scripts(request: dict[str, Any]) -> Iterable[str]:
    """Each kind once: values taken and assertions do what a script or a test does."""
    return dict.fromkeys(_written(request))


def _written(request: dict[str, Any]) -> Iterator[str]:
    yield from scripts.of_members(request.get("script"), {"req": scripts.BEFORE, "res": scripts.AFTER})
    yield from [scripts.AFTER] if any(rows(mapping(request.get("vars")).get("res"))) else []
    yield from scripts.of_members(request, {"tests": scripts.TESTS})
    yield from [scripts.TESTS] if any(rows(request.get("assertions"))) else []


def _of_root(holder: dict[str, Any]) -> dict[str, Any]:
    """What the whole collection, or a folder, hands down to its requests."""
    return mapping(mapping(holder.get("root")).get("request"))


def _body(body: dict[str, Any], variables: Variables) -> tuple[str, str, str, tuple[LeftOut, ...]]:
    """The body, its kind ("" to be told by its headers), its Content-Type, what is left out."""
    mode = text(body, "mode")
    if mode in _TEXTS:
        return variables.filled(text(body, mode)), "", _TEXTS[mode], ()
    if mode in ("formUrlEncoded", "multipartForm"):
        form, files = bodies.of_fields(body.get(mode), variables.filled)
        is_form = mode == "formUrlEncoded"
        return form, "form" if is_form else "multipart", bodies.FORM if is_form else bodies.MULTIPART, files
    if mode == "graphql":
        graphql = mapping(body.get("graphql"))
        query, given = variables.filled(text(graphql, "query")), variables.filled(text(graphql, "variables"))
        return bodies.graphql(query, given), "json", bodies.JSON, ()
    return "", "", "", (bodies.file_left_out("The body"),) if mode == "file" else ()


READER = ValueReader("bruno-export", "Bruno collection", knows, read)
