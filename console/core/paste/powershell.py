"""The request of an Invoke-RestMethod or Invoke-WebRequest command, with the variables the text itself sets."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from console.core.exchange import Request
from console.core.json.text import json_text
from console.core.paste.curl import is_open_authorization
from console.core.paste.shell.powershell import Command, HashTable, OfVariable, Value, commands_in
from console.core.paste.shell.sent import SentCommand
from console.core.paste.shell.syntax import Word, unknown
from console.core.whole_number import whole_number

NAMES = frozenset({"invoke-restmethod", "invoke-webrequest", "irm", "iwr", "curl", "wget"})
_COMMAND = re.compile(r"\bInvoke-(?:RestMethod|WebRequest)\b|(?:^|[\s=(|])(?:irm|iwr)(?=\s+[-\"'h$@])", re.IGNORECASE)
_CURL = re.compile(r"\bcurl\b[^\n]{0,400}\s-(?:Uri|Headers|Method|UseBasicParsing)\b", re.IGNORECASE)
_URL = re.compile(r"https?://|\$", re.IGNORECASE)
_SESSIONS = ("websession", "usedefaultcredentials", "credential", "certificate")  # what adds headers of its own


def is_powershell(text: str) -> bool:
    """Whether a command may stand in a text; an error that begins with the name of one looks the same."""
    return _COMMAND.search(text) is not None or ("curl" in text and _CURL.search(text) is not None)


def read_powershell(text: str) -> SentCommand | None:
    """The request of the first such command; None when the text has none, or none with a URL.

    A URL is a parameter or stands right behind the name: the error text that PowerShell prints behind that name is no
    command.
    """
    return next(sent_commands(text), None)


def sent_commands(text: str, of_variable: OfVariable = unknown) -> Iterator[SentCommand]:
    """The requests of all such commands with a URL, in their order; `of_variable` as of `commands_in`."""
    if is_powershell(text):
        sent = (_sent(command) for command in commands_in(text, NAMES, of_variable))
        yield from (one for one in sent if one is not None)


def _sent(command: Command) -> SentCommand | None:
    url = _word(command.parameter("uri"))
    if url is None and command.arguments and isinstance(command.arguments[0], Word):
        url = command.arguments[0]
    if url is None or not _URL.match(url.text):
        return None
    headers, is_unknown = _headers(command)
    body, media_type = _body(command)
    if media_type:
        headers.setdefault("Content-Type", media_type)
    given = _word(command.parameter("method"))
    method = given.masked.upper() if given else "POST" if body else "GET"
    raw, limit_s = body.encode("utf-8", "replace"), _timeout(command)
    request = Request(method, url.text, tuple(headers.items()), raw, timeout_s=limit_s)
    return SentCommand(request, is_unknown or command.has_unknown_parameters)


def _timeout(command: Command) -> int | None:
    """-TimeoutSec; 0 is none."""
    text = given.text if (given := _word(command.parameter("timeoutsec"))) is not None else ""
    return whole_number(text, digits=5) or None


def _headers(command: Command) -> tuple[dict[str, str], bool]:
    """The headers, and whether there are others."""
    given = command.parameter("headers")
    table = given if isinstance(given, HashTable) else HashTable()
    is_unknown = table.is_open or (given is not None and not isinstance(given, HashTable))
    words = {name: word for name, value in table.entries.items() if (word := _word(value)) is not None}
    is_open = {name for name, word in words.items() if not word.is_known and is_open_authorization(name, word.masked)}
    headers = {name: word.masked for name, word in words.items() if name not in is_open}
    is_unknown = is_unknown or bool(is_open)
    if not any(name.lower() == "authorization" for name in headers):
        headers |= _authentication(command)
        is_unknown = is_unknown or any(command.parameter(name) is not None for name in _SESSIONS)
    return headers, is_unknown


def _authentication(command: Command) -> dict[str, str]:
    token, scheme = _word(command.parameter("token")), _word(command.parameter("authentication"))
    if token is not None:
        return {"Authorization": f"Bearer {token.masked}"}
    return {"Authorization": "Basic ***"} if scheme and scheme.text.lower() == "basic" else {}


def _body(command: Command) -> tuple[str, str]:
    """The body and its media type, each "" when not known; a table is sent as a form."""
    given = command.parameter("body") or command.parameter("form")
    media_type = _word(command.parameter("contenttype"))
    body = given.masked if isinstance(given, Word) else ""
    if isinstance(given, HashTable) and given.entries:
        fields = {name: word.masked for name, value in given.entries.items() if (word := _word(value)) is not None}
        body = json_text(fields) if given.is_json else urlencode(fields, safe="*")
    return body, media_type.masked if media_type else ""


def _word(value: Value | None) -> Word | None:
    return value if isinstance(value, Word) else None
