""".http files of the REST Client of Visual Studio Code and of the HTTP Client of JetBrains."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.core.call_imports import bodies
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.limits import seconds
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import TextReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.variables import Variables

MAX_LINES = 60_000
_METHODS = "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|CONNECT|QUERY|GRAPHQL"
_REQUEST = re.compile(rf"({_METHODS})[ \t]+(\S.*)", re.IGNORECASE)
_KNOWN = re.compile(rf"^(?:(?:{_METHODS})[ \t]+(?:https?://|/|\{{\{{|[\w.-]+[.:/])\S*|###(?!#))", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?://|\{\{)\S.*")
_VERSION = re.compile(r"HTTP/[\d.]{1,4}")
_SETTING = re.compile(r"@([A-Za-z_][\w.-]{0,80})[ \t]{0,20}=[ \t]{0,20}(.{0,2000})")
_NAMED = re.compile(r"(?:#|//)[ \t]{0,20}@name[ \t=]{1,20}(.{1,200})")
_LIMIT = re.compile(r"(?:#|//)[ \t]{0,20}@timeout[ \t]{1,20}(\S[^\n]{0,30})")
_HEADER = re.compile(r"([^\s:]{1,200})[ \t]{0,20}:[ \t]{0,20}(.*)")
_COMMENT = re.compile(r"[ \t]{0,200}(?:#|//)")
_CONTINUED = re.compile(r"[ \t]+\S")


@dataclass(slots=True)
class _Block:
    """What stands between two ###. `line` is where it begins, from 1."""

    title: str
    line: int
    lines: list[str] = field(default_factory=list)


def read(text: str, draft: ImportDraft) -> None:
    variables = Variables(outer=draft.variables)
    blocks = list(_blocks(text))
    for block in blocks:
        for line in block.lines:
            if found := _SETTING.fullmatch(line.strip()):
                variables.tell(found[1], found[2].strip())
    for block in blocks:
        if not draft.is_full:
            _add(block, variables, draft)


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block("", 1)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")[:MAX_LINES], 1):
        if line.startswith("###"):
            yield block
            block = _Block(line.strip("# \t"), number)
        else:
            block.lines.append(line)
    yield block


def _add(block: _Block, variables: Variables, draft: ImportDraft) -> None:
    left_out: list[LeftOut] = []
    named = (found[1].strip() for line in block.lines if (found := _NAMED.match(line.strip())))
    name = block.title if any(map(str.isalnum, block.title)) else next(named, "")
    limits = (found[1] for line in block.lines if (found := _LIMIT.match(line.strip())))
    limit_s = seconds(next(limits, ""))
    lines = list(_without_scripts(block.lines, left_out))
    lines = [line for line in lines if not _COMMENT.match(line)]
    while lines and (not lines[0].strip() or _SETTING.fullmatch(lines[0].strip())):
        lines.pop(0)
    if not lines:
        return
    found = _REQUEST.fullmatch(lines[0].strip())
    if found is None and not _ADDRESS.fullmatch(lines[0].strip()):
        draft.problems.tell("What stands here is no request line, such as GET https://api.example/orders.", block.line)
        return
    method, url = (found[1].upper(), found[2]) if found else ("GET", lines[0].strip())
    url, at = _continued(_bare(url), lines)
    headers, at = _headers(lines, at)
    body = _body(lines[at:], headers, left_out)
    if method == "GRAPHQL":
        method, body, headers = "POST", bodies.graphql(body, ""), bodies.with_type(headers, bodies.JSON)
    url, body = variables.filled(url), variables.filled(body)
    headers = tuple((title, variables.filled(value)) for title, value in headers)
    call = ImportedCall(
        name or name_of(method, url),
        method,
        url,
        headers,
        body,
        bodies.kind_of(body, headers),
        left_out=tuple(left_out),
        timeout_s=limit_s,
    )
    if client := client_of_request(call):
        draft.add_client(client)
    else:
        draft.add(call)


def _without_scripts(lines: list[str], left_out: list[LeftOut]) -> Iterator[str]:
    """Without what runs before and after a request, and where its answer is kept."""
    is_script = False
    for line in lines:
        start = line.lstrip()
        if is_script:
            is_script = "%}" not in line
        elif start.startswith(("< {%", "> {%", "<{%", ">{%")):
            is_script = "%}" not in line
            if all(one.where != "script" for one in left_out):
                left_out.append(LeftOut("A script", "script", "Scripts are not run here."))
        elif not start.startswith(("> ", ">> ", ">>! ", "<> ")):
            yield line


def _bare(address: str) -> str:
    """Without the version of HTTP behind it."""
    words = address.rsplit(maxsplit=1)
    return words[0].strip() if len(words) == 2 and _VERSION.fullmatch(words[1]) else address.strip()


def _continued(url: str, lines: list[str]) -> tuple[str, int]:
    """The address with its further lines, which are indented, and the first line behind it."""
    at = 1
    while at < len(lines) and _CONTINUED.match(lines[at]):
        url += _bare(lines[at])
        at += 1
    return url, at


def _headers(lines: list[str], at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """Up to the first empty line; a line that is no header begins the body without one."""
    found: list[tuple[str, str]] = []
    while at < len(lines) and lines[at].strip():
        header = _HEADER.fullmatch(lines[at].strip())
        if header is None:
            break
        found.append((header[1], header[2].strip()))
        at += 1
    return tuple(found), at


def _body(lines: list[str], headers: tuple[tuple[str, str], ...], left_out: list[LeftOut]) -> str:
    kept = []
    for line in lines:
        if line.startswith(("< ", "<@")):
            left_out.append(bodies.file_left_out(line.lstrip("<@ ").strip()))
        else:
            kept.append(line)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    if bodies.media_type(headers) == bodies.FORM:  # both tools let a form stand on several lines
        pairs = "".join(line.strip() for line in kept).split("&")
        return "&".join("=".join(part.strip() for part in pair.split("=", 1)) for pair in pairs)
    return "\n".join(kept)


def knows(text: str) -> bool:
    return _KNOWN.search(text) is not None


READER = TextReader("http", ".http file", knows, read)
