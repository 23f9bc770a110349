"""The request a curl command would send: bash, PowerShell and cmd quoting, short and long options."""

import base64
import re
from collections.abc import Iterator
from urllib.parse import quote

from console.core.exchange import Header, Request
from console.core.paste.shell_words import words_of

_CURL = re.compile(r"(?:^|(?<=[\s>$#%;&|(`]))curl(?:\.exe)?(?=[ \t\\^`]+\S)", re.IGNORECASE)
_SHORT = {
    "H": "header", "X": "request", "d": "data", "u": "user", "b": "cookie", "F": "form", "A": "user-agent",
    "e": "referer", "o": "", "w": "", "m": "", "x": "", "E": "", "T": "", "c": "", "C": "", "D": "", "K": "", "r": "",
    "y": "", "Y": "", "z": "", "t": "", "Q": "", "U": "", "P": "",
}  # fmt: skip
_LONG = {
    "header": "header", "request": "request", "data": "data", "data-raw": "data", "data-ascii": "data",
    "data-binary": "data", "data-urlencode": "urlencode", "json": "json", "user": "user", "oauth2-bearer": "bearer",
    "cookie": "cookie", "form": "form", "form-string": "form", "url": "url", "user-agent": "user-agent",
    "referer": "referer",
}  # fmt: skip
_OTHER_WITH_VALUE = frozenset({
    "output", "write-out", "max-time", "connect-timeout", "proxy", "cert", "key", "cacert", "capath", "pass", "resolve",
    "retry", "retry-delay", "upload-file", "cookie-jar", "config", "range", "interface", "proxy-user", "cert-type",
    "key-type", "dump-header", "ciphers", "tls-max", "limit-rate", "max-redirs", "trace", "trace-ascii", "stderr",
    "connect-to", "unix-socket", "url-query", "proxy-header", "noproxy", "aws-sigv4", "dns-servers",
})  # fmt: skip
_FLAGS = {"G": "get", "I": "head", "get": "get", "head": "head"}
_NOTHING = ("", "")


def find_command(text: str) -> re.Match[str] | None:
    """Where the first curl command begins; None without one."""
    return _CURL.search(text)


def read_curl(text: str) -> tuple[Request | None, str]:
    """The request of the first curl command in a text, and the text behind the command.

    None when there is no command, or one without a URL. A body read from a file (`@name`) is left empty.
    """
    found = _CURL.search(text)
    if found is None:
        return None, text
    words, rest = words_of(text[found.end() :])
    options = list(_options(iter(words)))
    url = next((value for name, value in options if name == "url"), "")
    if not url:
        return None, rest
    return _request(url, options), rest


def _options(words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """(option, value) pairs under their long names; a word without a dash is a URL."""
    for word in words:
        if word.startswith("--"):
            yield _long(word, words)
        elif word.startswith("-") and len(word) > 1:
            yield from _short(word, words)
        elif _looks_like_url(word):
            yield "url", word


def _looks_like_url(word: str) -> bool:
    return "://" in word or "." in word.partition("/")[0] or word.startswith(("localhost", "$", "{"))


def _long(word: str, words: Iterator[str]) -> tuple[str, str]:
    name, equals, value = word[2:].partition("=")
    if name in _LONG:
        return _LONG[name], value if equals else next(words, "")
    if name in _OTHER_WITH_VALUE and not equals:
        next(words, "")
    return (_FLAGS[name], "") if name in _FLAGS else _NOTHING


def _short(word: str, words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """A cluster such as -sSXPOST: the first letter that takes a value takes the rest of the word, or the next word."""
    for position, letter in enumerate(word[1:], 2):
        if letter in _SHORT:
            value = word[position:].removeprefix("=") or next(words, "")
            yield _SHORT[letter], value
            return
        if letter in _FLAGS:
            yield _FLAGS[letter], ""


def _request(url: str, options: list[tuple[str, str]]) -> Request:
    names = {name for name, _ in options}
    headers = _headers(options)
    body = _body(options)
    if "json" in names:
        headers = (*headers, ("Content-Type", "application/json"))
    if "get" in names and body:
        url, body = f"{url}{'&' if '?' in url else '?'}{body}", ""
    method = next((value for name, value in options if name == "request" and value), "")
    if not method:
        method = "HEAD" if "head" in names else "POST" if body or "form" in names else "GET"
    return Request(method.upper(), url, headers, body.encode("utf-8", "replace"))


def _headers(options: list[tuple[str, str]]) -> tuple[Header, ...]:
    found: list[Header] = []
    for name, value in options:
        if name == "header":
            title, colon, content = value.partition(":")
            found += [(title.strip(), content.strip())] if colon and title.strip() else []
        elif name == "bearer":
            found.append(("Authorization", f"Bearer {value}"))
        elif name == "user":
            found.append(("Authorization", f"Basic {base64.b64encode(value.encode('utf-8', 'replace')).decode()}"))
        elif name == "cookie" and "=" in value:
            found.append(("Cookie", value))
    return tuple(found)


def _body(options: list[tuple[str, str]]) -> str:
    pieces = []
    for name, value in options:
        if name == "urlencode":
            field, equals, content = value.partition("=")
            pieces.append(f"{field}{equals}{quote(content, safe='')}")
        elif name in ("data", "json") and not value.startswith("@"):
            pieces.append(value)
        elif name == "form" and "=" in value and "=@" not in value:
            pieces.append(quote(value, safe="=;/._~-"))
    return "&".join(pieces)
