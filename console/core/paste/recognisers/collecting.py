"""Gathers tokens and failed exchanges out of a container: each distinct token is parsed once, the number is bounded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from console.core.exchange import Header
from console.core.json.text import shorten
from console.core.paste import evidence
from console.core.paste.recognisers.base import FoundExchange, FoundToken, PastedKind, Problem, RecognisedPaste
from console.core.paste.seen import SeenExchange, pairs_of
from console.core.redaction.names import AUTHORIZATION_HEADERS, COOKIE_HEADERS, TOKEN_HEADERS, TOKEN_NAMES
from console.core.redaction.redact import redact_url
from console.core.tokens import base64url
from console.core.tokens.parse import MAX_CHARACTERS, parse
from console.core.tokens.token import Token, TokenKind

MAX_TOKENS = 1_000
MAX_EXCHANGES = 500
_MAX_NODES = 20_000
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{6,}[A-Za-z0-9_.=-]*")
_PACKED = re.compile(r"ZXlK[A-Za-z0-9+/_-]{24,}={0,2}")  # one in base64, as a Secret of Kubernetes holds it
_OF_URLS = str.maketrans("+/", "-_")
_SCHEME = re.compile(r"(?:(?:bearer|dpop|jwt|token)(?:\s*:\s*|\s+))+", re.IGNORECASE)
_OPAQUE = re.compile(r"[A-Za-z0-9._~+/=-]{16,}")
_JWTS = frozenset({TokenKind.JWS, TokenKind.UNSECURED, TokenKind.JWE})
_OPAQUE_NAMES = frozenset({"access_token", "id_token", "subject_token", "token"})


def is_complete(token: Token) -> bool:
    """Whether a token stands for itself: a line of a wrapped token may begin like one, but has no header of its own."""
    return len(token.parts) >= 3 and token.header is not None and "alg" in token.header


def candidates(text: str) -> Iterator[str]:
    """The stretches of a text that begin like a token and have a dot, also those in base64."""
    if "ZXlK" in text:
        packed = (base64url.decode(found[0].translate(_OF_URLS).rstrip("=")).raw for found in _PACKED.finditer(text))
        text = "\n".join((text, *(raw.decode("ascii", "replace") for raw in packed if raw)))
    if "eyJ" not in text:
        return
    for match in _TOKEN.finditer(text):
        found = match.group()
        if found.count(".") > 2:
            found = found.rstrip(".")
        if "." in found:
            yield found


class Collector:
    """What was found so far; `found()` gives it."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._labels: dict[str, str] = {}
        self._exchanges: dict[tuple[Any, ...], FoundExchange] = {}
        self._tokens_left_out: set[int] = set()
        self._exchanges_left_out = 0

    def scan(self, text: str, label: str = "") -> None:
        """Every complete token in a free text."""
        for found in candidates(text):
            self._take(found, label, only_complete=True)

    def value(self, text: str, label: str, *, is_token: bool = False) -> Token | None:
        """The token in a value; with `is_token` also one without dots (opaque). None when the value has none."""
        first = None
        for found in candidates(text):
            first = first or self._take(found, label, only_complete=False)
        if first is None and is_token and "eyJ" not in text and _OPAQUE.fullmatch(text):
            first = self._opaque(text, label)
        return first

    def fields(self, fields: dict[str, str], where: str) -> None:
        """The tokens in named values of a form, a query or a cookie."""
        for name, value in fields.items():
            is_token = where != "cookie" and name.lower() in _OPAQUE_NAMES
            self.value(value, f"{where} {shorten(name, 40)}", is_token=is_token)

    def headers(self, headers: tuple[Header, ...]) -> Token | None:
        """The tokens in headers; gives the one of Authorization, None without one."""
        carried = None
        for name, value in headers:
            lower = name.lower()
            if lower in AUTHORIZATION_HEADERS:
                scheme = _SCHEME.match(value)
                bare = value[scheme.end() :] if scheme else value
                carried = carried or self.value(bare, f"header {name}", is_token=scheme is not None)
            elif lower in COOKIE_HEADERS:
                self.fields(dict(cookies_of(value)), "cookie")
            elif "eyJ" in value:
                self.value(value, f"header {shorten(name, 40)}", is_token=lower in TOKEN_HEADERS)
        return carried

    def url(self, url: str) -> None:
        """The tokens in the query and in the fragment of a URL."""
        rest, _, fragment = url.partition("#")
        self.fields(pairs_of(rest.partition("?")[2]), "query")
        self.fields(pairs_of(fragment.lstrip("/?")), "fragment")
        if "eyJ" in rest:
            self.scan(unquote(rest), "URL")

    def json(self, value: Any, where: str) -> None:
        """The tokens in the members of a JSON value, at any depth."""
        left: list[tuple[str, Any]] = [("", value)]
        for _ in range(_MAX_NODES):
            if not left:
                return
            name, node = left.pop()
            if isinstance(node, dict):
                left += [(str(key), item) for key, item in reversed(node.items())]
            elif isinstance(node, list):
                left += [(name, item) for item in reversed(node)]
            elif isinstance(node, str):
                is_token = name.lower() in _OPAQUE_NAMES & TOKEN_NAMES
                self.value(node, f"{where} {shorten(name, 40)}".strip(), is_token=is_token)

    def exchange(self, seen: SeenExchange, *, said: str = "", token: Token | None = None) -> None:
        """The tokens of an exchange, and the exchange itself when it failed; `said` is the text it stands in.

        `token` is the one it carried where its headers show none.
        """
        token = self.headers(seen.request_headers) or token
        self.headers(seen.response_headers)
        if seen.request:
            self.url(seen.request.url)
            self.fields(seen.form, "form")
        answer = seen.answer
        if answer is not None:
            self.json(answer, "answer")
        for message in (seen.request, seen.response):
            if message is not None and b"eyJ" in message.body:
                self.scan(message.body.decode("utf-8", "replace"), "body")
        if problem := problem_of(seen):
            self.failed(seen, problem, token=token, said=said)

    def failed(self, seen: SeenExchange, problem: Problem, *, token: Token | None = None, said: str = "") -> None:
        """Keeps a failed exchange; the same one again is counted only."""
        method, url = (seen.request.method, redact_url(seen.request.url)) if seen.request else ("", "")
        body = seen.response.body if seen.response else b""
        key = (problem, method, url, seen.status, body, token.text if token else "")
        if before := self._exchanges.get(key):
            self._exchanges[key] = replace(before, count=before.count + 1)
        elif len(self._exchanges) >= MAX_EXCHANGES:
            self._exchanges_left_out += 1
        else:
            told = evidence.of_seen(seen, token=token, said=said)
            self._exchanges[key] = FoundExchange(problem, told, method, url, seen.status, token)

    def add(self, exchange: FoundExchange) -> None:
        self._exchanges[(len(self._exchanges),)] = exchange

    def found(self, kind: PastedKind, *notes: str, value: Any = None) -> RecognisedPaste:
        """Everything that was collected, as a paste of this kind."""
        items = tuple(FoundToken(label, self._tokens[text]) for text, label in self._labels.items())
        return RecognisedPaste(
            kind, (*notes, *self._left_out()), items, value=value, exchanges=tuple(self._exchanges.values())
        )

    @property
    def is_empty(self) -> bool:
        return not self._labels and not self._exchanges

    @property
    def has_tokens(self) -> bool:
        return bool(self._labels)

    def _left_out(self) -> Iterator[str]:
        if count := len(self._tokens_left_out):
            yield f"Only the first {MAX_TOKENS:,} tokens were read; {count:,} more were left out."
        if count := self._exchanges_left_out:
            yield f"Only the first {MAX_EXCHANGES} failed exchanges were read; {count:,} more were left out."

    def _take(self, text: str, label: str, *, only_complete: bool) -> Token | None:
        token = self._tokens.get(text)
        if token is None:
            if len(self._labels) >= MAX_TOKENS:
                self._tokens_left_out.add(hash(text))
                return None
            token = self._tokens[text] = parse(text)
        is_wanted = token.kind in _JWTS and (is_complete(token) or not only_complete)
        if not is_wanted and token.kind is not TokenKind.TOO_LARGE:
            return None
        self._labels.setdefault(text, label)
        return token

    def _opaque(self, text: str, label: str) -> Token | None:
        if len(text) > MAX_CHARACTERS or len(self._labels) >= MAX_TOKENS:
            return None
        token = self._tokens.setdefault(text, Token(TokenKind.OPAQUE, text))
        self._labels.setdefault(text, label)
        return token


def cookies_of(value: str) -> list[tuple[str, str]]:
    """(name, value) of each cookie in a Cookie or Set-Cookie value; attributes of Set-Cookie are pairs too."""
    pairs = (piece.partition("=") for piece in value.split(";"))
    return [(name.strip(), content.strip().strip('"')) for name, equals, content in pairs if equals]


def problem_of(seen: SeenExchange) -> Problem | None:
    """How an exchange failed; None when it did not, or when nothing tells."""
    status = seen.status
    if seen.token_error is not None:
        return Problem.TOKEN_REFUSED
    if status is None:
        return Problem.NO_ANSWER if seen.failure else None
    if 300 <= status < 400:
        return Problem.SIGN_IN_REFUSED if _refusing_redirect(seen) else None
    if status < 400:
        return None
    named = {401: Problem.UNAUTHORIZED, 403: Problem.FORBIDDEN, 429: Problem.THROTTLED}
    return named.get(status) or (Problem.SERVER_ERROR if status >= 500 else Problem.CLIENT_ERROR)


def _refusing_redirect(seen: SeenExchange) -> bool:
    """Whether a redirect carries an OAuth error (RFC 6749 section 4.1.2.1)."""
    location = seen.response.header("Location") if seen.response else None
    if not location or "error=" not in location:
        return False
    rest, _, fragment = location.partition("#")
    return "error" in pairs_of(rest.partition("?")[2]) or "error" in pairs_of(fragment)
