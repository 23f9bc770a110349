"""What an operation fills into the form of a call, and which operation a call is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from console.core.openapi.model import DocumentOperation, OperationParameter

OPEN_PART = re.compile(r"\{([^{}/?#]{1,200})\}")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # token, RFC 9110 section 5.6.2
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:[ \t]*;[ \t\x21-\x7e]*)?", re.ASCII)
# What the console sets itself, or what steers a connection; the first three are told elsewhere (OpenAPI 3.1 section
# 4.8.12.1).
_SENT_BY_CONSOLE = frozenset({
    "authorization", "content-type", "accept", "proxy-authorization", "cookie", "cookie2", "dpop", "host",
    "content-length", "transfer-encoding", "te", "trailer", "expect", "connection", "keep-alive", "upgrade",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilledCall:
    """`path` keeps `{name}` where nobody knows a value; `headers` are lines of "Name: value"."""

    method: str
    path: str
    query: str = ""
    headers: str = ""
    body: str = ""


def filled(operation: DocumentOperation, *, key_header: str = "") -> FilledCall:
    """With examples and defaults for what is required. `key_header` is added by the console, so it is left out."""
    path, _, own_query = operation.path.partition("?")
    for one in _placed(operation, "path"):
        if value := _value(one):
            path = path.replace(f"{{{one.name}}}", quote(value, safe=""))
    asked = [
        f"{quote(one.name)}={quote(_value(one), safe=',')}" for one in _placed(operation, "query") if one.is_required
    ]
    wanted = (one for one in asked_headers(operation, key_header=key_header) if one.is_required)
    headers = [f"{one.name}: {_value(one)}".rstrip() for one in wanted]
    body = operation.body
    if body is not None and _MEDIA_TYPE.fullmatch(body.media_type):
        headers.append(f"Content-Type: {body.media_type}")
    query = "&".join([*([own_query] if own_query else []), *asked])
    return FilledCall(operation.method, path, query, "\n".join(headers), body.example if body else "")


def asked_headers(operation: DocumentOperation, *, key_header: str) -> list[OperationParameter]:
    """The header parameters that a person gives a value: not those that the console sets, nor what is no name."""
    left_out = {*_SENT_BY_CONSOLE, key_header.lower()}
    named = (one for one in _placed(operation, "header") if _FIELD_NAME.fullmatch(one.name))
    return [one for one in named if one.name.lower() not in left_out]


def open_parts(path: str) -> list[str]:
    """The names that still stand in a path where a value belongs."""
    return OPEN_PART.findall(path)


def segments_of(path: str) -> int:
    """How many parts a path has: only operations with as many can be it."""
    return len(_parts(path))


def matched(operations: Iterable[DocumentOperation], path: str) -> DocumentOperation | None:
    """The operation that a path is an address of; of several the one with the most fixed parts. None when none is."""
    parts = _parts(path)
    found = [one for one in operations if _fits(_parts(one.path), parts)]
    return max(found, key=lambda one: _fixed(one.path), default=None)


def _fixed(path: str) -> tuple[int, int]:
    """The more, the less of it is open: parts first, then characters."""
    return -len(open_parts(path)), len(OPEN_PART.sub("", path))


def _parts(path: str) -> list[str]:
    return path.partition("?")[0].strip("/").split("/")


def _fits(template: list[str], parts: list[str]) -> bool:
    return len(template) == len(parts) and all(map(_is_same, template, parts))


def _is_same(template: str, part: str) -> bool:
    """A part with a `{name}` in it takes any text there: `{id}`, `{id}.json`, `user({id})`."""
    if "{" not in template:
        return template == part
    first, last = template.index("{"), template.rindex("}") + 1 if "}" in template else len(template)
    before, after = template[:first], template[last:]
    is_long_enough = len(part) > len(before) + len(after)
    return is_long_enough and part.startswith(before) and part.endswith(after)


def _placed(operation: DocumentOperation, place: str) -> list[OperationParameter]:
    return [one for one in operation.parameters if one.place == place]


def _value(one: OperationParameter) -> str:
    value = one.example or next(iter(one.choices), "")
    return " ".join(value.split())
