"""The request a curl command would send: bash, PowerShell and cmd quoting, short and long options."""

import base64
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from console.core.exchange import Header, Request
from console.core.paste.shell.bash import first_command, variables_in
from console.core.paste.shell.sent import SentCommand
from console.core.paste.shell.syntax import GrammarWork, Word, known
from console.core.redaction.names import MASK

# In prose the word stands before others: "when I curl my endpoint", "with curl it works".
_CURL = re.compile(
    r"(?:^|(?<=[\s>$#%;&|(`]))curl(?:\.exe)?(?=[ \t\\^`]+\S)"
    r"(?![ \t]+(?:my|our|your|the|an?|it|this|that|and|or|but|with|without|from|to|in|on|for|is|was|gives?|works?"
    r"|returns?|says?|shows?|commands?|requests?|calls?|against|again|also|directly|i|we|you)(?![\w.:/@%-]))",
    re.IGNORECASE,
)
_SHORT = {
    "H": "header", "X": "request", "d": "data", "u": "user", "b": "cookie", "F": "form", "A": "user-agent",
    "e": "referer", "K": "config", "o": "", "w": "", "m": "max-time", "x": "", "E": "", "T": "", "c": "", "C": "",
    "D": "", "r": "", "y": "", "Y": "", "z": "", "t": "", "Q": "", "U": "", "P": "",
}  # fmt: skip
_LONG = {
    "header": "header", "request": "request", "data": "data", "data-raw": "raw", "data-ascii": "data",
    "data-binary": "data", "data-urlencode": "urlencode", "json": "json", "user": "user", "oauth2-bearer": "bearer",
    "cookie": "cookie", "form": "form", "form-string": "form", "url": "url", "user-agent": "user-agent",
    "referer": "referer", "config": "config", "max-time": "max-time",
}  # fmt: skip
_OTHER_WITH_VALUE = frozenset({
    "output", "write-out", "connect-timeout", "proxy", "cert", "key", "cacert", "capath", "pass", "resolve",
    "retry", "retry-delay", "upload-file", "cookie-jar", "range", "interface", "proxy-user", "cert-type",
    "key-type", "dump-header", "ciphers", "tls-max", "limit-rate", "max-redirs", "trace", "trace-ascii", "stderr",
    "connect-to", "unix-socket", "url-query", "proxy-header", "noproxy", "aws-sigv4", "dns-servers",
})  # fmt: skip
_FLAGS = {
    "G": "get", "I": "head", "get": "get", "head": "head", "n": "config", "netrc": "config", "negotiate": "config",
    "ntlm": "config", "netrc-optional": "config",
}  # fmt: skip
_NOTHING = ("", known(""))
_Option = tuple[str, Word]


def find_command(text: str) -> re.Match[str] | None:
    """Where the first curl command begins; None without one."""
    return _CURL.search(text)


def read_curl(text: str, work: GrammarWork | None = None) -> SentCommand | None:
    """The request of the first curl command in a text, with the variables that the text sets before it.

    `work` is one for several commands of a text. None when there is no command, or one without a URL. A body read from
    a file (`@name`) is left empty; a value that only the running shell knows stands as `***`.
    """
    found = _CURL.search(text)
    if found is None:
        return None
    work = work or GrammarWork()
    variables = variables_in(text[: found.start()], work)
    words, rest = first_command(text[found.end() :].lstrip(" \t"), variables, work)
    options = list(options_of(words))
    urls = sorted((value for name, value in options if name == "url"), key=_is_open)
    if len(urls) > 1 and _is_open(urls[-1]):
        options.append(("config", urls[-1]))  # a variable beside the URL holds options: curl "${ARGS[@]}" https://…
    return _sent(urls[0].text, options, rest) if urls and urls[0].text else None


def _is_open(word: Word) -> bool:
    """Whether a whole word is of unknown content."""
    return not word.before and not word.is_known and "://" not in word.text


def options_of(words: Iterable[Word]) -> Iterator[_Option]:
    """(option, value) pairs under their long names; a word without a dash is a URL."""
    left = iter(words)
    for word in left:
        if word.text.startswith("--"):
            yield _long(word, left)
        elif word.text.startswith("-") and len(word.text) > 1:
            yield from _short(word, left)
        elif _looks_like_url(word.text):
            yield "url", word


def _looks_like_url(word: str) -> bool:
    return "://" in word or "." in word.partition("/")[0].rstrip(".") or word.startswith(("localhost", "$", "{"))


def _next(words: Iterator[Word]) -> Word:
    return next(words, known(""))


def _long(word: Word, words: Iterator[Word]) -> _Option:
    name, equals, _ = word.text[2:].partition("=")
    if name in _LONG:
        return _LONG[name], _behind(word, len(name) + 3) if equals else _next(words)
    if name in _OTHER_WITH_VALUE and not equals:
        _next(words)
    return (_FLAGS[name], known("")) if name in _FLAGS else _NOTHING


def _short(word: Word, words: Iterator[Word]) -> Iterator[_Option]:
    """A cluster such as -sSXPOST: the first letter that takes a value takes the rest of the word, or the next word."""
    for position, letter in enumerate(word.text[1:], 2):
        if letter in _SHORT:
            rest = _behind(word, position)
            yield _SHORT[letter], rest if rest.text else _next(words)
            return
        if letter in _FLAGS:
            yield _FLAGS[letter], known("")


def _behind(word: Word, position: int) -> Word:
    """The rest of a word whose beginning is an option."""
    start = position + (word.text[position : position + 1] == "=" and not word.text.startswith("--"))
    return Word(word.text[start:], word.masked[start:], word.before[start:], word.is_known)


def _sent(url: str, options: list[_Option], rest: str) -> SentCommand:
    names = {name for name, _ in options}
    headers, is_unknown = _headers(options)
    body = _body(options)
    if "json" in names:
        headers = (*headers, ("Content-Type", "application/json"))
    if "get" in names and body:
        url, body = f"{url}{'&' if '?' in url else '?'}{body}", ""
    method = next((value.text for name, value in options if name == "request" and value.text), "")
    if not method:
        method = "HEAD" if "head" in names else "POST" if body or "form" in names else "GET"
    request = Request(method.upper(), url, headers, body.encode("utf-8", "replace"))
    return SentCommand(request, is_unknown or "config" in names, rest)


def _headers(options: list[_Option]) -> tuple[tuple[Header, ...], bool]:
    """The headers with a known name, and whether there are others."""
    found: list[Header] = []
    is_unknown = False
    for name, value in options:
        if name == "header":
            title, colon, _ = value.before.partition(":")
            is_unknown = is_unknown or value.text.startswith("@") or not (colon or value.is_known)
            content = value.masked.partition(":")[2].strip()
            is_open = not value.is_known and is_open_authorization(title, content)
            is_unknown = is_unknown or is_open
            found += [(title.strip(), content)] if colon and title.strip() and not is_open else []
        elif name == "bearer":
            found.append(("Authorization", f"Bearer {value.masked}"))
        elif name == "user":
            found.append(("Authorization", f"Basic {_basic(value)}"))
        elif name == "cookie" and "=" in value.masked:
            found.append(("Cookie", value.masked))
    return tuple(found), is_unknown


def is_open_authorization(name: str, masked: str) -> bool:
    """Whether of an Authorization header nothing is known, not even its scheme."""
    return name.strip().lower() == "authorization" and masked == MASK


def _basic(value: Word) -> str:
    return base64.b64encode(value.text.encode("utf-8", "replace")).decode() if value.is_known else value.masked


def _body(options: list[_Option]) -> str:
    pieces = []
    for name, value in options:
        if name == "urlencode":
            field, equals, content = value.masked.partition("=")
            pieces.append(f"{field}{equals}{quote(content, safe='*')}")
        elif name == "raw" or (name in ("data", "json") and not value.text.startswith("@")):
            pieces.append(value.masked)
        elif name == "form" and "=" in value.masked and "=@" not in value.masked:
            pieces.append(quote(value.masked, safe="=;/._~-*"))
    return "&".join(pieces)
