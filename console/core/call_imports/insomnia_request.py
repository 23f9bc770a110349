"""One request of Insomnia, the same in both versions of its files."""

from collections.abc import Iterator
from typing import Any

from console.core.call_imports import bodies, scripts, tool_auth
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.values import mapping, pairs, rows, text, word
from console.core.call_imports.variables import Variables
from console.core.exchange import Header
from console.core.openapi.problems import Pointer

MAX_DEPTH = 5  # of objects in an environment
_TEMPLATE = "{%"


def tell_data(variables: Variables, data: Any, *, before: str = "", depth: int = 0) -> None:
    """An environment: names with values, in objects of objects too (`{{ _.service.url }}`)."""
    for name, value in mapping(data).items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            tell_data(variables, value, before=f"{before}{name}.", depth=depth + 1)
        elif told := word(value):
            variables.tell(f"{before}{name}", told)


def to_call(
    one: dict[str, Any],
    draft: ImportDraft,
    where: Pointer,
    variables: Variables,
    *,
    folder: str,
    inherited: dict[str, Any],
) -> None:
    """Adds a request, or the client of one that asks for a token; `inherited` is the auth of its folder."""
    own = mapping(one.get("authentication"))
    told = own if text(own, "type") not in ("", "inherit") or own.get("disabled") is True else inherited
    auth = tool_auth.ToolAuth() if told.get("disabled") is True else _auth(told, variables)
    body, kind, wanted, left_out = _body(mapping(one.get("body")), variables)
    headers: tuple[Header, ...] = tuple(
        (variables.filled(name), variables.filled(value)) for name, value in pairs(one.get("headers"), name="name")
    )
    headers = bodies.with_type(headers, wanted)
    url, headers, of_auth = tool_auth.applied(auth, _url(one, variables), headers)
    call = ImportedCall(
        text(one, "name"), text(one, "method") or "GET", url, headers, body, kind or bodies.kind_of(body, headers),
        auth.words, folder, (*left_out, *of_auth, *scripts.left_out(scripts_of(one))),
    )  # fmt: skip
    if auth.client:
        draft.add_client(auth.client)
    if client := client_of_request(call):
        draft.add_client(client)
        return
    if any(_TEMPLATE in part for part in (url, body, *(value for _, value in headers))):
        draft.problems.at(
            f"“{call.name[:60]}” has a tag {{% … %}}, whose value only Insomnia knows; it stands as it is.", *where
        )
    draft.add(call, *where)


def scripts_of(one: dict[str, Any]) -> Iterator[str]:
    """Of a request or a folder. Version 4 keeps them beside the address, version 5 in an object."""
    kinds = {"preRequestScript": scripts.BEFORE, "afterResponseScript": scripts.AFTER}
    yield from scripts.of_members(one, kinds)
    yield from scripts.of_members(one.get("scripts"), {"preRequest": scripts.BEFORE, "afterResponse": scripts.AFTER})


def _auth(told: dict[str, Any], variables: Variables) -> tool_auth.ToolAuth:
    return tool_auth.of(text(told, "type"), {name: variables.filled(word(value)) for name, value in told.items()})


def _url(one: dict[str, Any], variables: Variables) -> str:
    url = variables.filled(text(one, "url"))
    for row in rows(one.get("pathParameters")):
        name, value = text(row, "name"), variables.filled(text(row, "value"))
        if name:
            url = "/".join((value or f"{{{{{name}}}}}") if part == f":{name}" else part for part in url.split("/"))
    told = pairs(one.get("parameters"), name="name")
    query = bodies.encoded([(variables.filled(name), variables.filled(value)) for name, value in told])
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def _body(body: dict[str, Any], variables: Variables) -> tuple[str, str, str, tuple[LeftOut, ...]]:
    """The body, its kind ("" to be told by its headers), the Content-Type it is told, what is left out."""
    told = text(body, "mimeType")
    plain = told.partition(";")[0].strip().lower()
    if plain in (bodies.FORM, bodies.MULTIPART) and any(rows(body.get("params"))):
        form, files = bodies.of_fields(body["params"], variables.filled)
        return form, "form" if plain == bodies.FORM else "multipart", plain, files
    if text(body, "fileName"):
        return "", "", told, (bodies.file_left_out(text(body, "fileName")),)
    whole = variables.filled(text(body, "text"))
    if plain == "application/graphql":
        return whole, "json", bodies.JSON, ()  # Insomnia keeps it as the JSON that goes over the wire
    return whole, "", told if whole else "", ()
