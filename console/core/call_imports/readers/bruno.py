"""Requests of Bruno, as its folders keep them: one .bru file each."""

import re

from console.core.call_imports import bodies, bru_text, scripts, tool_auth
from console.core.call_imports.bru_text import Block
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.limits import seconds
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import TextReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.variables import Variables

_METHODS = ("get", "post", "put", "delete", "patch", "head", "options", "trace", "connect", "query", "http")
_KNOWN = re.compile(
    r"^(?:meta|get|post|put|delete|patch|head|options|http|vars|headers|auth[\w:]{0,20}) \{\s*$", re.MULTILINE
)
_TYPES = {
    "json": bodies.JSON, "xml": "application/xml", "text": "text/plain", "sparql": "application/sparql-query",
    "form-urlencoded": bodies.FORM, "multipart-form": bodies.MULTIPART,
}  # fmt: skip
_SCRIPTS = {
    "script:pre-request": scripts.BEFORE, "script:post-response": scripts.AFTER, "tests": scripts.TESTS,
}  # fmt: skip
# What does the same without a script, a line each.
_LINES = {"vars:post-response": scripts.AFTER, "assert": scripts.TESTS}


def read(text: str, draft: ImportDraft) -> None:
    blocks = bru_text.read_blocks(text, draft.problems)
    request = next((blocks[one] for one in _METHODS if one in blocks), None)
    variables = Variables()
    for name in ("vars", "vars:pre-request"):
        for key, value in blocks[name].pairs if name in blocks else ():
            variables.tell(key, value)
    variables = variables.within(draft.variables)
    auth = _auth(blocks, request, variables)
    if auth.client:
        draft.add_client(auth.client)
    if request is None:
        return  # of an environment, or of a folder
    told = dict(request.pairs)
    method = next(one for one in _METHODS if one in blocks) if "http" not in blocks else told.get("method", "GET")
    headers = tuple((name, variables.filled(value)) for name, value in _pairs(blocks, "headers"))
    body, kind, left_out = _body(blocks, told.get("body", ""), variables)
    headers = bodies.with_type(headers, _TYPES.get(kind, "") if body else "")
    url, headers, of_auth = tool_auth.applied(auth, _url(blocks, told, variables), headers)
    left_out += scripts.left_out(_scripts(blocks))
    name = dict(_pairs(blocks, "meta")).get("name", "") or name_of(method.upper(), url)
    limit_s = seconds(dict(_pairs(blocks, "settings")).get("timeout", ""), unit="ms")
    call = ImportedCall(
        name,
        method,
        url,
        headers,
        body,
        _kind(kind, body, headers),
        auth.words,
        left_out=(*left_out, *of_auth),
        timeout_s=limit_s,
    )
    if client := client_of_request(call):
        draft.add_client(client)
    else:
        draft.add(call)


def _scripts(blocks: dict[str, Block]) -> list[str]:
    """Each kind once, however it is written."""
    kinds = [kind for block, kind in _SCRIPTS.items() if block in blocks]
    kinds += [kind for block, kind in _LINES.items() if _pairs(blocks, block)]
    return list(dict.fromkeys(kinds))


def _pairs(blocks: dict[str, Block], name: str) -> tuple[tuple[str, str], ...]:
    return blocks[name].pairs if name in blocks else ()


def _kind(told: str, body: str, headers: tuple[tuple[str, str], ...]) -> str:
    known = {"form-urlencoded": "form", "multipart-form": "multipart"}.get(told)
    return (known if body else "") if known else bodies.kind_of(body, headers)


def _url(blocks: dict[str, Block], told: dict[str, str], variables: Variables) -> str:
    """The address; its query stands in it, and as rows beside it. Parts that begin with a colon are filled in."""
    path, question, query = told.get("url", "").partition("?")
    given = dict(_pairs(blocks, "params:path"))
    whole = "/".join(_part(part, given) for part in path.split("/"))
    rows = _pairs(blocks, "params:query") or _pairs(blocks, "query")
    if rows and not question:
        query = "&".join(f"{name}={value}" for name, value in rows)
    return variables.filled(f"{whole}?{query}" if query else whole)


def _part(part: str, given: dict[str, str]) -> str:
    if part[:1] != ":" or len(part) < 2:
        return part
    return given.get(part[1:]) or f"{{{{{part[1:]}}}}}"


def _body(blocks: dict[str, Block], chosen: str, variables: Variables) -> tuple[str, str, list[LeftOut]]:
    """The body of the kind that the request chooses, that kind in Bruno's words, and what is left out of it."""
    kind = {"formUrlEncoded": "form-urlencoded", "multipartForm": "multipart-form"}.get(chosen, chosen)
    if kind in ("none", ""):
        kind = "json" if not chosen and "body" in blocks else ""
    left_out: list[LeftOut] = []
    if kind in ("form-urlencoded", "multipart-form"):
        told = []
        for name, value in _pairs(blocks, f"body:{kind}"):
            if value.startswith("@file("):
                left_out.append(bodies.file_left_out(name))
            else:
                told.append((variables.filled(name), variables.filled(value)))
        return bodies.encoded(told), kind, left_out
    if kind == "file":
        return "", kind, [bodies.file_left_out("The body")]
    block = blocks.get(f"body:{kind}") or (blocks.get("body") if kind == "json" else None)
    body = variables.filled(block.text) if block else ""
    if kind == "graphql" and body:
        given = blocks.get("body:graphql:vars")
        return bodies.graphql(body, variables.filled(given.text) if given else ""), "json", left_out
    return body, kind, left_out


def _auth(blocks: dict[str, Block], request: Block | None, variables: Variables) -> tool_auth.ToolAuth:
    """Of the way that the request chooses; of a file without a request, such as collection.bru, the one it has."""
    chosen = dict(request.pairs).get("auth", "") if request else dict(_pairs(blocks, "auth")).get("mode", "")
    if not chosen and not request:
        chosen = next((name.partition(":")[2] for name in blocks if name.startswith("auth:")), "")
    told = {name: variables.filled(value) for name, value in _pairs(blocks, f"auth:{chosen}")}
    return tool_auth.of(chosen, told, name=dict(_pairs(blocks, "meta")).get("name", ""))


def knows(text: str) -> bool:
    return _KNOWN.search(text) is not None


READER = TextReader("bruno", "Bruno", knows, read)
