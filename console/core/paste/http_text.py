"""HTTP messages in a text: raw requests and answers, `curl -v`, `curl -i`, what browsers and mails make of them."""

import json
import re
from dataclasses import dataclass, field, replace

from console.core.exchange import FailureKind, Header, Request, Response, header
from console.core.paste.curl import find_command, read_curl
from console.core.paste.header_note import unnoted
from console.core.paste.powershell import read_powershell
from console.core.paste.seen import SeenExchange, is_token_error, object_of
from console.core.paste.shell.sent import SentCommand
from console.core.paste.shell.syntax import GrammarWork
from console.core.whole_number import whole_number

MAX_EXCHANGES = 200
MAX_IN_A_ROW = 10  # commands of which the last is looked for
_DECODER = json.JSONDecoder()
_VERSION = r" HTTP/\d(?:\.\d)?"
_METHOD = r"(GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|TRACE|CONNECT) "
_REQUEST = re.compile(rf"{_METHOD}(\S+)(?:{_VERSION})\s*")
_BARE_REQUEST = re.compile(rf"{_METHOD}(https?://\S+|/\S*)\s*")
_STATUS = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: (.*))?")
# The number of a library's message, an exception or a level before a colon is no header.
_HEADER = re.compile(
    r"(?![A-Z]{2,8}\d{4,9}:|[\w-]{0,80}(?:Error|Exception):|(?:ERROR|FATAL|INFO|DEBUG|TRACE|WARN):)"
    r"([A-Za-z][A-Za-z0-9_-]{0,100}):(?:[ \t]+(.*)|)"
)
# How people note an answer below the line of a request: "Status: 401 Unauthorized", "Response: {…}".
_NOTED_STATUS = re.compile(r"(?:(?:response|http) )?status(?: code)?:? +([1-5]\d\d)\b *(.*)", re.IGNORECASE)
_NOTED_BODY = re.compile(r"(?:response(?: body)?|body): *([{\[<].*)", re.IGNORECASE)
_MARK = re.compile(r"(?:[<>](?: |$))+")
_SAID_STATUS = re.compile(r"(?:error: \(|status code(?: does not indicate success)?:? )(\d{3})\b", re.IGNORECASE)
_PRINTED = re.compile(r"(?:\A\s{0,20}|^(?:Invoke-\w{2,40}|irm|iwr) ?:\s{0,20})\{", re.MULTILINE)  # JSON below a command
_PRINTED_STATUS = re.compile(r"\s{0,20}([45]\d\d)(?: [A-Za-z ]{2,40})?\s*(?:\Z|\n)")  # curl -w, print(r.status_code)
_OBJECT = re.compile(r"^[ \t]{0,20}\{", re.MULTILINE)
_ANSWER = re.compile(r"^(?:[<>] |HTTP/\d|curl: \(|[ \t]{0,20}(?:[{<]|[1-5]\d\d\b))", re.MULTILINE)  # something printed
_BROWSER = re.compile(r"(?m)^(?:Request URL|Request Method|Status Code):?[ \t]*\n?(.{1,4000})$")
# A console of an API client shows an exchange in rows, under words of its own.
_PLACES = {
    "request headers": ("request", False), "request body": ("request", True),
    "response headers": ("answer", False), "response body": ("answer", True),
}  # fmt: skip
_BARE_STATUS = re.compile(r"([1-5]\d\d)(?: [A-Za-z ]{2,40})?")
_BETWEEN = re.compile(r"Network|\d[\d.,]{0,9} ?m?s", re.IGNORECASE)
_NO_CONNECTION = re.compile(r"(?i)\bconnect(?:ion|ing)?\b")  # of what timed out; "operation" is a call under way
_FAILURES = (
    (re.compile(r"(?i)could ?n.t resolve host|could not resolve|name or service not known"), FailureKind.DNS),
    (re.compile(r"(?i)connection refused|failed to connect"), FailureKind.REFUSED),
    (re.compile(r"SSL_ERROR_SYSCALL|SSL_ERROR_ZERO_RETURN"), FailureKind.RESET),  # cut off: no certificate was refused
    (re.compile(r"(?i)SSL certificate problem|certificate verify failed|SSL_ERROR|schannel:"), FailureKind.TLS),
    (re.compile(r"(?i)timed out"), FailureKind.TIMEOUT),
    (re.compile(r"(?i)connection reset|recv failure|empty reply"), FailureKind.RESET),
)
_CURL_ENDED = re.compile(r"curl: \((\d{1,3})\)")
# What curl's own numbers mean, whatever its TLS library and language write behind them (curl's manual, "EXIT CODES").
# Those of a connection that broke are none of them: what its far side sent before, an alert say, tells more.
_CURL_EXITS = {
    "5": FailureKind.DNS,
    "6": FailureKind.DNS,
    "7": FailureKind.REFUSED,
    "28": FailureKind.TIMEOUT,
    "60": FailureKind.TLS,
}


@dataclass(slots=True)
class _Draft:
    """One exchange while it is read. `place` is "request" or "answer", `is_body` whether its headers have ended.

    `is_in_rows`: as the console of an API client shows it.
    """

    method: str = ""
    url: str = ""
    request_headers: list[Header] = field(default_factory=list)
    request_body: list[str] = field(default_factory=list)
    status: int | None = None
    reason: str = ""
    answer_headers: list[Header] = field(default_factory=list)
    answer_body: list[str] = field(default_factory=list)
    place: str = "request"
    is_body: bool = False
    failure: str = ""
    detail: str = ""
    rule: str = ""
    is_in_rows: bool = False


def read_http(text: str) -> tuple[SeenExchange, ...]:
    """Every exchange in a text, in order; empty when it shows neither a request nor an answer. Never raises.

    A curl or PowerShell command counts as the request of the answer behind it.
    """
    command, rest = _command(text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _read_lines(rest)
    if not found and (browser := _browser(rest)):
        found = [browser]
    if command is None:
        return tuple(found)
    if not found:
        return (_answered(command, SeenExchange(response=_said_answer(rest))),)
    if found[0].request is None:
        found[0] = _answered(command, found[0])
    return tuple(found)


def _answered(command: SentCommand, answer: SeenExchange) -> SeenExchange:
    return replace(answer, request=command.request, has_unknown_headers=command.has_unknown_headers)


def _command(text: str) -> tuple[SentCommand | None, str]:
    """The command in a text, and what is left of the text; behind a command of PowerShell stands its output too."""
    if command := read_powershell(text):
        return command, text
    work = GrammarWork()
    command = read_curl(text, work)
    return _last_before_answer(command, text, work) if command else (None, text)


def _last_before_answer(command: SentCommand, text: str, work: GrammarWork) -> tuple[SentCommand, str]:
    """Of several commands in a row the last one: what is printed below them answers it.

    One that stands behind an answer is another attempt, and the error of a token endpoint answers a request for a
    token.
    """
    first = find_command(text)
    before = text[: first.start()] if first else ""
    for _ in range(MAX_IN_A_ROW):
        found = find_command(command.rest)
        if found is None or _ANSWER.search(command.rest[: found.start()]):
            break
        later = read_curl(f"{before}\n{command.rest}", work)
        if later is None or not later.rest.strip() or _is_of_token_request(later.rest, command, later):
            break
        command = later
    return command, command.rest


def _is_of_token_request(printed: str, earlier: SentCommand, later: SentCommand) -> bool:
    """Whether two commands printed the error of a token endpoint, and only the earlier one asked for a token."""
    if SeenExchange(later.request).is_token_request or not SeenExchange(earlier.request).is_token_request:
        return False
    body = _OBJECT.search(printed)
    value = object_of(_body(printed[body.end() - 1 :]).encode("utf-8", "replace")) if body else None
    return value is not None and is_token_error(value)


def _said_answer(text: str) -> Response | None:
    """The error of a token endpoint that a command prints, its status not known; or the status an error message names,
    as PowerShell and .NET write it."""
    said = _SAID_STATUS.search(text)
    said = said or _PRINTED_STATUS.match(text)
    status = int(said[1]) if said else 0
    printed = _PRINTED.search(text)
    body = _body(text[printed.end() - 1 :]).encode("utf-8", "replace") if printed else b""
    value = object_of(body)
    if value is not None and is_token_error(value):
        return Response(status, body=body)
    return Response(status) if status else None


def _browser(text: str) -> SeenExchange | None:
    """What the developer tools of a browser show under "General"."""
    rows = [found[1].strip() for found in _BROWSER.finditer(text)]
    status = next(filter(None, (whole_number(row[:3], digits=3) for row in rows)), None)
    url = next((row for row in rows if "://" in row), "")
    if not url or not status:
        return None
    method = next((row for row in rows if row.isupper() and row.isalpha()), "GET")
    found = map(_HEADER.fullmatch, text.split("\n"))
    headers = tuple((line[1], (line[2] or "").strip()) for line in found if line and "://" not in line[1])
    return SeenExchange(Request(method, url, headers), Response(status, "", headers))


def _read_lines(text: str) -> list[SeenExchange]:
    lines = text.split("\n")
    is_verbose = any(line.startswith(("> ", "< ")) for line in lines)
    drafts: list[_Draft] = []
    for line in lines:
        if (is_verbose and line.startswith("* ")) or line.startswith("curl: ("):
            _note_failure(line, drafts)
            continue
        if is_verbose and line[:3] in ("{ [", "} ["):
            continue
        mark = _MARK.match(line)
        content = line[mark.end() :] if mark else line
        if len(drafts) < MAX_EXCHANGES and _begins(content.strip(), drafts, is_marked=mark is not None):
            continue
        if drafts:
            _add(drafts[-1], content, mark[0].strip() if mark else "")
    return [_seen(draft) for draft in drafts]


def _begins(line: str, drafts: list[_Draft], *, is_marked: bool) -> bool:
    """Whether the line is a request line or a status line; it is taken then."""
    if line.startswith("HTTP/") and (status := _STATUS.fullmatch(line)):
        if not drafts or (drafts[-1].status or 100) >= 200:
            drafts.append(_Draft())
        draft = drafts[-1]
        draft.status, draft.reason, draft.place, draft.is_body = int(status[1]), status[2] or "", "answer", False
        draft.answer_headers.clear()
        return True
    if drafts and not is_marked and drafts[-1].status is None and (noted := _NOTED_STATUS.fullmatch(line)):
        drafts[-1].status, drafts[-1].reason, drafts[-1].place, drafts[-1].is_body = (
            int(noted[1]),
            noted[2],
            "answer",
            False,
        )
        return True
    request = _REQUEST.fullmatch(line) or (_BARE_REQUEST.fullmatch(line) if is_marked or not drafts else None)
    if request:
        drafts.append(_Draft(method=request[1], url=request[2]))
    return request is not None or (bool(drafts) and _is_row(line, drafts[-1]))


def _is_row(line: str, draft: _Draft) -> bool:
    """Whether the line is one of a client's console; it is taken then."""
    if draft.is_in_rows and (place := _PLACES.get(line.lower().rstrip(":"))):
        draft.place, draft.is_body = place
        return True
    if draft.is_body or draft.request_headers:
        return False
    if draft.status is None and (status := _BARE_STATUS.fullmatch(line)):
        draft.status, draft.is_in_rows = int(status[1]), True
        return True
    return draft.is_in_rows and _BETWEEN.fullmatch(line) is not None


def _add(draft: _Draft, line: str, mark: str) -> None:
    is_answer = draft.place == "answer"
    headers = draft.answer_headers if is_answer else draft.request_headers
    if draft.is_body:
        (draft.answer_body if is_answer else draft.request_body).append(line)
    elif not line.strip():
        draft.is_body = True
    elif is_answer and (noted := _NOTED_BODY.fullmatch(line.strip())):
        draft.is_body = True
        draft.answer_body.append(noted[1])
    elif found := _HEADER.fullmatch(line.strip()):
        headers.append((found[1], unnoted(found[1], (found[2] or "").strip())))
    elif line[:1] in " \t" and headers and not mark:
        headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
    else:
        draft.is_body = True
        (draft.answer_body if is_answer else draft.request_body).append(line)


def _note_failure(line: str, drafts: list[_Draft]) -> None:
    kind = next((kind for pattern, kind in _FAILURES if pattern.search(line)), None)
    if kind is None and (ended := _CURL_ENDED.match(line)):
        kind = _CURL_EXITS.get(ended[1])
    if kind is None:
        return
    if not drafts:
        drafts.append(_Draft())
    if drafts[-1].status is None:
        is_early = kind is FailureKind.TIMEOUT and _NO_CONNECTION.search(line) is not None
        drafts[-1].failure, drafts[-1].detail = kind.value, line[:300].strip("* ")
        drafts[-1].rule = "connect" if is_early else ""


def _seen(draft: _Draft) -> SeenExchange:
    request = None
    if draft.method or draft.request_headers:
        body = "\n".join(draft.request_body).strip().encode("utf-8", "replace")
        request = Request(draft.method, _url(draft), tuple(draft.request_headers), body)
    response = None
    if request is not None and draft.status is None and (answer := _answer_below(request)):
        request, response = replace(request, body=b""), answer
    if draft.status is not None:
        body = _body("\n".join(draft.answer_body).strip("\n")).encode("utf-8", "replace")
        response = Response(draft.status, draft.reason, tuple(draft.answer_headers), body)
    is_bare = request is not None and not request.headers  # a log names method and URL only: what else went out is open
    failure = draft.failure if response is None else ""
    return SeenExchange(request, response, failure, draft.detail, has_unknown_headers=is_bare, rule=draft.rule)


def _answer_below(request: Request) -> Response | None:
    """The error of a token endpoint right below the line of a request, as logs print it; its status is unknown."""
    body = _body(request.body.decode("utf-8", "replace")).encode("utf-8", "replace") if not request.headers else b""
    value = object_of(body)
    return Response(0, body=body) if value is not None and is_token_error(value) else None


def _body(text: str) -> str:
    """A body of JSON ends with its last brace: what stands below it in the text is no part of the answer."""
    if text.lstrip()[:1] != "{":
        return text
    try:
        return text[: _DECODER.raw_decode(text, text.index("{"))[1]]
    except (ValueError, RecursionError):
        return text


def _url(draft: _Draft) -> str:
    host = header(tuple(draft.request_headers), "Host")
    return f"https://{host}{draft.url}" if host and draft.url.startswith("/") else draft.url
