"""curl commands of bash, the Command Prompt and PowerShell, as people, browsers and Postman copy them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from console.core.call_imports import bodies
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.limits import seconds
from console.core.call_imports.model import ImportedCall, LeftOut
from console.core.call_imports.readers.base import TextReader
from console.core.call_imports.shells import bash, cmd, powershell
from console.core.exchange import Header
from console.core.paste.curl import find_command, options_of
from console.core.paste.shell.syntax import Word, known

MAX_OPTIONS = 1_000  # of one command whose headers are read: each address of a command has them all
_NAMES = frozenset({"curl", "curl.exe"})
_CONTINUED = {"^": "cmd", "`": "powershell", "\\": "bash"}  # by what the first line of a command ends with
_OF_CMD = re.compile(r'[ \t]\^"|^[ \t]*rem ', re.IGNORECASE | re.MULTILINE)
_OF_POWERSHELL = re.compile(r"\$env:|\$\{env:|^PS [^\n>]{0,260}>", re.IGNORECASE | re.MULTILINE)
_LINE_OF_CMD = re.compile(r'curl(?:\.exe)?[ \t][^\n\']*\\"[^\n\']*', re.IGNORECASE)
_PORT = re.compile(r"\A[^/]{1,200}(?=/)")
_ONLY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def read(text: str, draft: ImportDraft) -> None:
    is_empty = True
    for call in (call for words in _commands(text) for call in calls_of(list(options_of(words)))):
        is_empty = False
        if client := client_of_request(call):
            draft.add_client(client)
        else:
            draft.add(call)
        if draft.is_full:
            return
    if is_empty:
        draft.problems.tell("A command without an address sends nothing.", _line(text))


def _line(text: str) -> int:
    found = find_command(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _commands(text: str) -> Iterator[list[Word]]:
    shell = _shell(text)
    if shell == "bash":
        yield from bash.commands(text, _NAMES)
        return
    commands = cmd.commands if shell == "cmd" else powershell.commands
    yield from ([*map(known, words)] for words in commands(text, _NAMES))


def _shell(text: str) -> str:
    """By how the first command goes on in its second line; of one line by quotation marks that one shell knows."""
    found = find_command(text)
    line = text[found.start() if found else 0 :].partition("\n")[0].rstrip()
    if (shell := _CONTINUED.get(line[-1:])) is not None:
        return shell
    before = text[: found.start() if found else 0].rpartition("\n")[2]
    if _OF_CMD.search(line[:400]) or _LINE_OF_CMD.fullmatch(line):
        return "cmd"
    return "powershell" if _OF_POWERSHELL.search(before + line) else "bash"


def calls_of(options: list[tuple[str, Word]]) -> Iterator[ImportedCall]:
    """One call for each address of a command."""
    values = [(name, value.text) for name, value in options]
    names = {name for name, _ in values}
    headers, is_removed = _headers(values[:MAX_OPTIONS])
    body, kind_wanted, left_out = _body(values)
    if "json" in names:
        headers = (*bodies.with_type(headers, bodies.JSON), *_accept(headers))
    elif body and "content-type" not in is_removed:
        headers = bodies.with_type(headers, kind_wanted)
    given = next((value for name, value in values if name == "request" and value), "")
    is_get = "get" in names
    for url in (value for name, value in values if name == "url" and value):
        address = f"{url}{'&' if '?' in url else '?'}{body}" if is_get and body else url
        address = address if _ONLY_SCHEME.match(address) or address.startswith("{{") else f"http://{address}"
        sent = "" if is_get else bodies.mended_json(body)
        method = given or ("HEAD" if "head" in names else "POST" if kind_wanted and not is_get else "GET")
        call = ImportedCall("", method, address, headers, sent, bodies.kind_of(sent, headers), left_out=left_out)
        yield replace(call, name=name_of(method, address), timeout_s=_timeout(values))


def _timeout(values: list[tuple[str, str]]) -> int | None:
    """Of several the last one counts."""
    return seconds(next((value for name, value in reversed(values) if name == "max-time"), ""))


def name_of(method: str, url: str) -> str:
    """What a call without a name is called: "GET /orders/1042"."""
    if url.startswith("{{"):
        return f"{method} {_words(_PORT.sub('', url.partition('}}')[2].partition('?')[0])) or '/'}"
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    return f"{method} {_words(path) or '/'}"


def _words(path: str) -> str:
    """A variable in it as documents of APIs write it: {id}."""
    return path.replace("{{", "{").replace("}}", "}")


def _accept(headers: Iterable[Header]) -> tuple[Header, ...]:
    return () if any(name.lower() == "accept" for name, _ in headers) else (("Accept", bodies.JSON),)


def _headers(values: list[tuple[str, str]]) -> tuple[tuple[Header, ...], set[str]]:
    """The headers, and the names (in lower case) of those that curl is told not to send: `Name:`; `Name;` is empty."""
    found: list[Header] = []
    removed = set()
    for option, value in values:
        if option == "header":
            name, colon, content = value.partition(":")
            if colon and content.strip():
                found.append((name.strip(), content.strip()))
            elif colon:
                removed.add(name.strip().lower())
            elif value.strip().endswith(";"):
                found.append((value.strip()[:-1], ""))
        elif option == "bearer":
            found.append(("Authorization", f"Bearer {value}"))
        elif option == "user":
            found.append(("Authorization", f"Basic {value}"))
        elif option == "cookie" and "=" in value:
            found.append(("Cookie", value))
        elif option in ("user-agent", "referer") and value:
            found.append((option.title(), value))
    return tuple(found), removed


def _body(values: list[tuple[str, str]]) -> tuple[str, str, tuple[LeftOut, ...]]:
    """The body, the Content-Type that curl gives it, "" without one, and what of it stands in files."""
    pieces: list[str] = []
    parts: list[tuple[str, str]] = []
    left_out: list[LeftOut] = []
    for option, value in values:
        if option == "urlencode":
            pieces.append(_encoded(value))
        elif option in ("data", "json") and value.startswith("@"):
            left_out.append(bodies.file_left_out(value[1:]))
        elif option in ("data", "json", "raw"):
            pieces.append(value)
        elif option == "form":
            name, _, content = value.partition("=")
            if content.startswith(("@", "<")):
                left_out.append(bodies.file_left_out(name))
            else:
                parts.append((name, content.partition(";type=")[0].strip('"')))
    if parts or any(option == "form" for option, _ in values):
        return bodies.encoded(parts), bodies.MULTIPART, tuple(left_out)
    glue = "" if any(option == "json" for option, _ in values) else "&"
    has_body = bool(pieces or left_out)
    return glue.join(pieces), bodies.FORM if has_body else "", tuple(left_out)


def _encoded(value: str) -> str:
    """`name=content`, `=content` and `content` of --data-urlencode; variables stay readable."""
    name, equals, content = value.partition("=")
    if not equals:
        return quote(value, safe="{}")
    return f"{name}={quote(content, safe='{}')}" if name else quote(content, safe="{}")


def knows(text: str) -> bool:
    return find_command(text) is not None


READER = TextReader("curl", "curl", knows, read)
