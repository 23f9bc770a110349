"""HTTP in text: a command that would send a request, and requests and answers as they went over the wire."""

import re
from functools import cache

from console.core.json.text import shorten
from console.core.paste.curl import read_curl
from console.core.paste.powershell import read_powershell
from console.core.paste.recognisers.base import Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.collecting import Collector, problem_of
from console.core.paste.recognisers.lines import challenged
from console.core.paste.recognisers.token_error_text import token_error_text
from console.core.paste.seen import SeenExchange, pairs_of
from console.core.paste.tokens_in import only_token

NO_TOKEN_NOTE = "No token that can be read stands in it."
ALL_WELL_NOTE = "No answer in it tells of a failure."
BASIC_NOTE = "The Authorization header holds a user name and a password or secret (Basic), which are not shown."
SENDS_NOTE = "It sends {what}, which are not shown."
FORM_NOTE = "This is the body of a token request."
_KNOWN_HEADERS = frozenset({
    "authorization", "host", "content-type", "content-length", "cookie", "set-cookie", "www-authenticate", "date",
    "server", "user-agent", "accept", "cache-control", "ocp-apim-subscription-key", "x-ms-request-id", "connection",
    "accept-encoding", "accept-language", "origin", "referer", "location", "retry-after", "vary", "x-correlation-id",
})  # fmt: skip
_HEADER_LINE = re.compile(r"(?:[<>] )?([A-Za-z][A-Za-z0-9_-]{0,60}):(?:[ \t].*)?")
_ANSWER = re.compile(r"^[<*\t ]{0,4}HTTP/[\d.]{1,3} \d{3}\b[^\n]*", re.MULTILINE)
_NUMBER = re.compile(r"[a-z]{2,8}\d{3,}")  # of an error: "AADSTS50105: …" is no header
_SECRET_FIELDS = ("client_secret", "password", "refresh_token", "code", "code_verifier", "device_code", "user_code")


def http_message(paste: Paste) -> RecognisedPaste | None:
    """Requests, answers, or both: raw, from `curl -v` or `curl -i`, or as a browser shows them."""
    found = paste.exchanges
    is_wire = any(seen.response is not None for seen in found) or _has_wire_request(paste.text, found)
    if not found or not (is_wire or any(seen.failure for seen in found)):
        return None
    return _read(paste, found, PastedKind.HTTP_MESSAGE)


def _has_wire_request(text: str, found: tuple[SeenExchange, ...]) -> bool:
    is_command = read_powershell(text) is not None or read_curl(text) is not None
    return any(seen.request for seen in found) and not is_command


def command(paste: Paste) -> RecognisedPaste | None:
    """A curl, Invoke-RestMethod or Invoke-WebRequest command without the answer."""
    found = paste.exchanges
    return _read(paste, found, PastedKind.CURL) if found else None


def header_lines(paste: Paste) -> RecognisedPaste | None:
    """Two or more header lines without the first line of their message."""
    lines = [line for line in paste.text.split("\n") if line.strip()]
    found = [_HEADER_LINE.fullmatch(line.strip()) for line in lines]
    names = [match[1].lower() for match in found if match]
    if len(lines) < 2 or len(names) < len(lines) or not _KNOWN_HEADERS & set(names) or len(set(names)) < 2:
        return None
    if any(map(_NUMBER.fullmatch, names)):
        return None
    headers = tuple((line.partition(":")[0].strip("<> "), line.partition(":")[2].strip()) for line in lines)
    collector = Collector()
    collector.headers(headers)
    if "www-authenticate" in names and "authorization" not in names:
        collector.add(challenged(headers))
    note = "These are header lines without the first line of their message (method and path, or status)."
    return collector.found(PastedKind.HTTP_MESSAGE, note, *_nothing_found(collector))


def form(paste: Paste) -> RecognisedPaste | None:
    """The body of a token request, or of a token answer, as a form."""
    text = paste.text
    if any(character in text for character in ' \n{"<') or "://" in text.partition("=")[0]:
        return None
    fields = pairs_of(text.lstrip("?&#"))
    collector = Collector()
    if fields.get("access_token"):
        collector.fields(fields, "form")
        return collector.found(PastedKind.TOKEN_RESPONSE)
    if not fields.get("grant_type"):
        return None
    collector.fields(fields, "form")
    return collector.found(PastedKind.HTTP_MESSAGE, FORM_NOTE, *_secrets_sent(fields), *_nothing_found(collector))


def _read(paste: Paste, found: tuple[SeenExchange, ...], kind: PastedKind) -> RecognisedPaste:
    collector = Collector()
    failed = [seen for seen in found if problem_of(seen) is not None]
    is_one = len({(seen.status, str(seen.answer)) for seen in failed}) == 1
    answer_at = _token_error_before(paste.text) if is_one and not failed[0].is_token_request else 0
    if answer_at and (told := token_error_text(Paste(paste.text[:answer_at]))):
        for one in told.exchanges:
            collector.add(one)
    said = paste.text[answer_at:] if is_one else ""  # what stands around the only failure is about it
    beside = cache(lambda: only_token(paste.text))  # looked for once, however many exchanges there are
    for seen in found:
        token = beside() if is_one and not seen.is_token_request else None
        collector.exchange(seen, said=said, token=token)
        if problem_of(seen) is None and (kind is PastedKind.CURL or (seen.response is None and not failed)):
            token = collector.headers(seen.request_headers)
            collector.failed(seen, Problem.NOT_SENT, token=token, said=paste.text if len(found) == 1 else "")
    collector.scan(paste.text)
    notes = [line for seen in found for line in _told(seen)]
    if kind is PastedKind.HTTP_MESSAGE and all(problem_of(seen) is None for seen in found):
        notes.append(ALL_WELL_NOTE)
    return collector.found(kind, *dict.fromkeys(notes), *(() if failed else _nothing_found(collector)))


def _token_error_before(text: str) -> int:
    """Where an answer begins that has its own words, and behind which no token error stands, but one before it: a
    second failure, told in one mail with the first. 0 for all other texts.
    """
    begins = _ANSWER.search(text)
    if begins is None or not begins.start() or not text[begins.end() :].strip():
        return 0
    if token_error_text(Paste(text[begins.start() :])) or not token_error_text(Paste(text[: begins.start()])):
        return 0
    return begins.start()


def _told(seen: SeenExchange) -> list[str]:
    notes = []
    for name, value in seen.request_headers:
        if name.lower() == "authorization" and value[:6].lower() == "basic ":
            notes.append(BASIC_NOTE)
        elif name.lower() == "authorization" and value.lower() in ("bearer", ""):
            notes.append("The Authorization header is empty behind its scheme: a variable may not have been set.")
    return notes + _secrets_sent(seen.form)


def _secrets_sent(fields: dict[str, str]) -> list[str]:
    sent = [name for name in _SECRET_FIELDS if fields.get(name)]
    return [SENDS_NOTE.format(what=", ".join(shorten(name, 40) for name in sent))] if sent else []


def _nothing_found(collector: Collector) -> tuple[str, ...]:
    return () if collector.has_tokens else (NO_TOKEN_NOTE,)
