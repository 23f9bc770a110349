"""Commands of HTTPie: `http POST api.example/orders Name:value field=text`."""

import re
from collections.abc import Iterator

from console.core.call_imports import bodies
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.limits import seconds
from console.core.call_imports.model import ImportedCall
from console.core.call_imports.readers.base import TextReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.shells import bash
from console.core.exchange import Header
from console.core.json import strict as strict_json
from console.core.json.text import json_text

_NAMES = frozenset({"http", "https"})
_COMMAND = re.compile(r"^[ \t]*(?:\$ )?https? +(?:-|[A-Z]{3,7} |:|\S+\.\S)", re.MULTILINE)
_METHOD = re.compile(r"[A-Za-z]{3,10}")
_ITEM = re.compile(r"(.*?)(:=@|=@|:@|==|:=|:|=|@|;$)(.*)", re.DOTALL)
_WITH_VALUE = ("-a", "--auth", "--auth-type", "-A", "--session", "--print", "-p", "--timeout", "-o", "--output",
    "--verify", "--cert", "--cert-key", "--proxy", "--pretty", "-s", "--style", "--max-redirects")  # fmt: skip
_LONGEST_ITEM = 100_000


def read(text: str, draft: ImportDraft) -> None:
    for words in bash.commands(text, _NAMES):
        call = _call([word.text for word in words])
        if call is None:
            draft.problems.tell("A command without an address sends nothing.")
        elif client := client_of_request(call):
            draft.add_client(client)
        else:
            draft.add(call)
        if draft.is_full:
            return


def _call(words: list[str]) -> ImportedCall | None:
    options, rest = _sorted(words)
    if not rest:
        return None
    is_told = len(rest) > 1 and _METHOD.fullmatch(rest[0]) is not None
    method = rest.pop(0).upper() if is_told else ""
    url, items = _address(rest[0]), [_taken_apart(word) for word in rest[1:]]
    raw = options.get("--raw", "")
    fields = [(name, mark, value) for name, mark, value in items if mark in ("=", ":=")]
    left_out = tuple(bodies.file_left_out(name) for name, mark, _ in items if "@" in mark)
    query = bodies.encoded([(name, value) for name, mark, value in items if mark == "=="])
    headers, is_removed = _headers(items, options)
    is_form = "--form" in options or "-f" in options
    body = raw or _body(fields, is_form=is_form)
    if body and not is_removed:
        headers = bodies.with_type(headers, bodies.FORM if is_form else bodies.JSON)
    url = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
    method = method or ("POST" if body or left_out else "GET")
    return ImportedCall(
        name_of(method, url),
        method,
        url,
        headers,
        body,
        bodies.kind_of(body, headers),
        left_out=left_out,
        timeout_s=seconds(options.get("--timeout", "")),
    )


def _sorted(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Options with their values, and all else in its order."""
    options: dict[str, str] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if not word.startswith("-") or word == "-":
            rest.append(word)
            continue
        name, equals, value = word.partition("=")
        options[name] = value if equals else next(left, "") if name in _WITH_VALUE else ""
    return options, rest


def _address(url: str) -> str:
    if url.startswith(":"):
        return f"http://localhost{url if url[1:2].isdigit() else url[1:]}"
    return url if "://" in url or url.startswith("{{") else f"http://{url}"


def _taken_apart(word: str) -> tuple[str, str, str]:
    found = _ITEM.fullmatch(word[:_LONGEST_ITEM])
    if found is None:
        return word, "", ""
    return found[1].replace("\\", ""), found[2], found[3]


def _headers(items: list[tuple[str, str, str]], options: dict[str, str]) -> tuple[tuple[Header, ...], bool]:
    """The headers, and whether the Content-Type is told not to be sent."""
    found: list[Header] = []
    for name, mark, value in items:
        if (mark == ":" and value) or mark == ";":
            found.append((name, value.strip()))
    is_removed = any(mark == ":" and not value and name.lower() == "content-type" for name, mark, value in items)
    if told := options.get("-a") or options.get("--auth"):
        scheme = "Bearer" if (options.get("-A") or options.get("--auth-type")) == "bearer" else "Basic"
        found.append(("Authorization", f"{scheme} {told}"))
    return tuple(found), is_removed


def _body(fields: list[tuple[str, str, str]], *, is_form: bool) -> str:
    if is_form or not fields:
        return bodies.encoded([(name, value) for name, _, value in fields])
    return json_text(dict(_members(fields)))


def _members(fields: list[tuple[str, str, str]]) -> Iterator[tuple[str, object]]:
    for name, mark, value in fields:
        reading = strict_json.read_text(value) if mark == ":=" else None
        yield name, reading.value if reading is not None and reading.is_json else value


def knows(text: str) -> bool:
    return _COMMAND.search(text) is not None


READER = TextReader("httpie", "HTTPie", knows, read)
