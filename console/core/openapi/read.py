"""Reads a document: every operation it names, and what is wrong with it. It never raises for what stands in it."""

from typing import Any
from urllib.parse import urljoin

from console.core.json.text import json_text, shorten, visible
from console.core.json.values import NumberText
from console.core.openapi.fields import MAX_PARAMETERS, body_of, parameters_of, swagger_body
from console.core.openapi.masking import (
    masked_operation,
    masked_problems,
    masked_scheme,
    masked_server,
    masked_text,
    masked_title,
)
from console.core.openapi.model import (
    MAX_KEPT,
    MAX_OPERATIONS,
    METHODS,
    ApiDocument,
    DocumentOperation,
    OperationParameter,
    SecurityScheme,
)
from console.core.openapi.problems import Problems
from console.core.openapi.refs import Refs
from console.core.openapi.schemas import SchemaKeeper
from console.core.openapi.security import needs_of, schemes_of
from console.core.openapi.text import decoded, read_text

_BESIDE_METHODS = {"parameters", "servers", "summary", "description", "$ref", "additionalOperations"}
MAX_SERVERS = 10
LONGEST_PATH = 1_000
MAX_MEMBERS = 100  # of a path: methods and what stands beside them
MOST_LISTED = 2 * MAX_PARAMETERS


def read_bytes(raw: bytes, *, source_url: str = "") -> ApiDocument:
    """The document of a file. `source_url` is where it came from, for servers that are relative to it."""
    problems = Problems()
    return _read(decoded(raw, problems), problems, source_url)


def read_document(text: str, *, source_url: str = "") -> ApiDocument:
    """The document of a text that was pasted."""
    return _read(text, Problems(), source_url)


def _read(text: str, problems: Problems, source_url: str) -> ApiDocument:
    read = read_text(text, problems)
    root = read.value
    if not isinstance(root, dict):
        if not problems.count:
            problems.tell("This is no OpenAPI document: it holds no names with values.", 1)
        return ApiDocument(problems=masked_problems(problems.all(read.lines_of)), problem_count=problems.count)
    reader = _Reader(root, problems)
    operations = tuple(reader.operations())
    info = reader.refs.mapping(root.get("info"))
    return ApiDocument(
        format=reader.format,
        title=masked_title(_line(info.get("title"), 200)),
        version=masked_text(_line(info.get("version"), 60)),
        servers=tuple(map(masked_server, _servers(root, reader.refs, source_url))),
        schemes=tuple(map(masked_scheme, reader.schemes.values())),
        operations=operations,
        problems=masked_problems(problems.all(read.lines_of)),
        problem_count=problems.count,
    )


class _Reader:
    """One document while it is read."""

    def __init__(self, root: dict[str, Any], problems: Problems) -> None:
        self.root, self.problems, self.refs = root, problems, Refs(root, problems)
        self.schemas_of_bodies = SchemaKeeper(self.refs)
        self.known: dict[str, OperationParameter] = {}
        self.masked: dict[OperationParameter, OperationParameter] = {}
        self.format = _format(root, problems)
        self.schemes: dict[str, SecurityScheme] = schemes_of(root, self.refs)
        self.keys = frozenset(
            one.detail.partition(" ")[2].lower() for one in self.schemes.values() if one.kind == "apiKey"
        )
        self.needs = needs_of(root.get("security"), self.schemes, problems, "security")

    def operations(self) -> list[DocumentOperation]:
        paths = self.refs.mapping(self.root.get("paths"), "paths")
        if not paths and "webhooks" not in self.root and "components" not in self.root:
            self.problems.at("The document names no paths, so there is no operation to import.", "paths")
        found: dict[str, DocumentOperation] = {}
        size = 0
        for path, value in paths.items():
            if path.startswith("x-"):
                continue
            for one in self._of_path(path, value):
                if one.key in found:
                    self.problems.at(f"{one.key} stands twice; the first is kept.", "paths", path)
                if len(found) >= MAX_OPERATIONS:
                    self.problems.at(
                        f"More than {MAX_OPERATIONS} operations; from here on none is imported.", "paths", path
                    )
                    return list(found.values())
                found.setdefault(one.key, one)
                size += _size(one)
            if size > MAX_KEPT or self.refs.work.is_done:
                told = "What the operations refer to is too much; behind this path none is imported"
                self.problems.tell(f"{told}: {shorten(path)}")
                break
        return list(found.values())

    def _of_path(self, path: str, value: Any) -> list[DocumentOperation]:
        where = ("paths", path)
        item = self.refs.mapping(value, *where)
        if not item and value is not None:
            self.problems.at("What stands at this path is no list of methods.", *where)
        if not path.startswith("/"):
            self.problems.at("A path begins with a slash; this one is read as if it did.", *where)
            path = f"/{path}"
        if len(item) > MAX_MEMBERS:
            self.problems.at(f"More than {MAX_MEMBERS} members; the others are left out.", *where)
        item = dict(self.refs.first(item.items(), MAX_MEMBERS))
        found = []
        for name, one in self._methods(item):
            told = self.refs.mapping(one, *where, name)
            if not told and not isinstance(one, dict):
                self.problems.at(f"{name} is empty: the operation is imported without anything else.", *where, name)
            made = self._operation(name.upper(), path, told, item, (*where, name))
            found.append(masked_operation(made, self.keys, self.masked))
        for name in item:
            if name.lower() not in METHODS and name not in _BESIDE_METHODS and not name.startswith("x-"):
                self.problems.at(f"{shorten(name)} is no method of HTTP and is left out.", *where, name)
        return found

    def _methods(self, item: dict[str, Any]) -> list[tuple[str, Any]]:
        more = item.get("additionalOperations")  # OpenAPI 3.2
        named = self.refs.first(more.items(), 50) if isinstance(more, dict) else []
        return [*((name, one) for name, one in item.items() if name.lower() in METHODS), *named]

    def _operation(
        self, method: str, path: str, told: dict[str, Any], item: dict[str, Any], where: tuple[str, ...]
    ) -> DocumentOperation:
        listed = [*_listed(item, where[:-1]), *_listed(told, where)]
        parameters, bodies = parameters_of(listed, self.refs, self.known)
        body = body_of(told.get("requestBody"), self.refs, self.schemas_of_bodies, *where, "requestBody")
        if bodies:
            consumes = told.get("consumes", self.root.get("consumes"))
            body = swagger_body(bodies, consumes, self.refs, self.schemas_of_bodies, *where, "parameters")
        own = needs_of(told.get("security"), self.schemes, self.problems, *where, "security")
        tags = told.get("tags")
        return DocumentOperation(
            method=shorten(method, 20),
            path=visible(path[:LONGEST_PATH]),
            name=_line(told.get("operationId"), 200),
            summary=_line(told.get("summary") or item.get("summary"), 200),
            description=_line(told.get("description") or item.get("description"), 1_000),
            tags=tuple(_line(one, 80) for one in tags[:10] if isinstance(one, str)) if isinstance(tags, list) else (),
            is_deprecated=told.get("deprecated") is True,
            parameters=tuple(parameters),
            body=body,
            needs=own or self.needs,
        )


def _size(one: DocumentOperation) -> int:
    """Characters of what may be large in it."""
    of_parameters = (len(p.description) + len(p.example) + sum(map(len, p.choices)) for p in one.parameters)
    of_needs = (sum(map(len, (*need.scopes, *need.roles))) for need in one.needs)
    of_body = len(one.body.example) + len(one.body.schema) if one.body else 0
    return (
        len(one.path) + len(one.description) + of_body + 40 * len(one.parameters) + sum(of_parameters) + sum(of_needs)
    )


def _listed(holder: dict[str, Any], where: tuple[str, ...]) -> list[tuple[Any, tuple[str, ...]]]:
    listed = holder.get("parameters")
    if not isinstance(listed, list):
        return []
    return [(one, (*where, "parameters", str(index))) for index, one in enumerate(listed[:MOST_LISTED])]


def _format(root: dict[str, Any], problems: Problems) -> str:
    for name, title in (("openapi", "OpenAPI"), ("swagger", "Swagger")):
        told = root.get(name)
        if isinstance(told, (str, int, NumberText)) and not isinstance(told, bool):
            version = _line(told if isinstance(told, str) else json_text(told), 20)
            if not version.startswith(("2.", "3.", "2", "3")):
                problems.at(f"{title} {version} is not known here; it is read as far as it looks like 3.1.", name)
            return f"{title} {version}"
    problems.at("The document does not say which version of OpenAPI it is: ‘openapi’ or ‘swagger’ is missing.")
    return ""


def _servers(root: dict[str, Any], refs: Refs, source_url: str) -> tuple[str, ...]:
    if isinstance(root.get("host"), str):
        schemes = root.get("schemes")
        scheme = schemes[0] if isinstance(schemes, list) and schemes and isinstance(schemes[0], str) else "https"
        base = root.get("basePath")
        return (_line(f"{scheme}://{root['host']}{base if isinstance(base, str) else ''}", 300),)
    listed = root.get("servers")
    found = []
    for one in listed[:MAX_SERVERS] if isinstance(listed, list) else ():
        server = refs.mapping(one, "servers")
        if isinstance(url := server.get("url"), str):
            found.append(_absolute(_filled(url[:300], server.get("variables")), source_url))
    return tuple(found)


def _filled(url: str, variables: Any) -> str:
    for name, one in list(variables.items())[:20] if isinstance(variables, dict) else ():
        if isinstance(one, dict) and isinstance(one.get("default"), str):
            url = url.replace(f"{{{name}}}", one["default"][:100])[:300]
    return url


def _absolute(url: str, source_url: str) -> str:
    try:
        return _line(urljoin(source_url, url) if source_url else url, 300)
    except ValueError:
        return _line(url, 300)


def _line(value: Any, limit: int) -> str:
    """Text of a document as one line that can be shown; "" for what is no text."""
    return visible(" ".join(value[: 4 * limit].split())[:limit]) if isinstance(value, str) else ""
