"""Bodies of calls as the kinds that are imported, and the header that says so where a tool writes it itself."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from console.core.call_imports.model import LONGEST_BODY, LeftOut
from console.core.call_imports.values import rows, text
from console.core.exchange import Header
from console.core.json import strict as strict_json
from console.core.json.text import json_text

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MULTIPART = "multipart/form-data"


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """A form; variables stay readable in it. What is longer than a body may be ends there."""
    kept, size = [], 0
    for name, value in pairs:
        kept.append((name[: LONGEST_BODY + 1], value[: LONGEST_BODY + 1]))
        size += len(name) + len(value)
        if size > LONGEST_BODY:
            break
    return urlencode(kept, safe="{}")


def of_fields(listed: Any, filled: Callable[[str], str]) -> tuple[str, tuple[LeftOut, ...]]:
    """The form of a list of fields, name and value each, and what of them stands in files."""
    fields = list(rows(listed))
    files = tuple(file_left_out(text(row, "name")) for row in fields if row.get("type") == "file")
    named = [row for row in fields if row.get("type") != "file"]
    return encoded([(filled(text(row, "name")), filled(text(row, "value"))) for row in named]), files


def media_type(headers: Iterable[Header]) -> str:
    """In lower case, without parameters; "" where none is told."""
    told = next((value for name, value in headers if name.lower() == "content-type"), "")
    return told.partition(";")[0].strip().lower()


def with_type(headers: Iterable[Header], wanted: str) -> tuple[Header, ...]:
    """The headers, with a Content-Type where there is none."""
    listed = tuple(headers)
    return listed if not wanted or media_type(listed) else (*listed, ("Content-Type", wanted))


def kind_of(body: str, headers: Iterable[Header]) -> str:
    if not body or len(body) > LONGEST_BODY:
        return ""
    told = media_type(headers)
    if told == FORM:
        return "form"
    if told.endswith("json") or (not told and strict_json.read_text(body).is_json):
        return "json"
    return "multipart" if told.startswith("multipart/") else "text"


def mended_json(body: str) -> str:
    r"""A body in which the quotation marks were escaped for a shell that is another: `{\"a\": 1}`."""
    if (
        len(body) > LONGEST_BODY
        or body[:100].lstrip()[:2] not in ("{\\", "[\\", "[{")
        or strict_json.read_text(body).is_json
    ):
        return body
    bare = body.replace('\\"', '"')
    return bare if strict_json.read_text(bare).is_json else body


def file_left_out(name: str) -> LeftOut:
    return LeftOut(name or "The body", "body", "It stands in a file of its own.")


def graphql(query: str, given: str) -> str:
    """A query of GraphQL as it goes over the wire; variables that are no JSON are left out."""
    body: dict[str, object] = {"query": query}
    reading = strict_json.read_text(given) if given.strip() else None
    if reading is not None and reading.is_json:
        body["variables"] = reading.value
    return json_text(body)
