"""A redacted request as a snippet sends it: each mask becomes a variable that is named after where it stands."""

import re
from collections.abc import Iterable, Iterator

from console.core.exchange import Exchange, Request
from console.core.redaction.gate import WITHHELD
from console.core.redaction.names import AUTHORIZATION_HEADERS, MASK, TOKEN
from console.core.snippets.base import CERTIFICATE_FILE, KEY_FILE, SECRET, SnippetCall
from console.core.snippets.text import SnippetText, Variable

TOKEN_VARIABLE = Variable("ACCESS_TOKEN", "The access token")
OF_RECIPES = (TOKEN_VARIABLE.name, SECRET.name, KEY_FILE.name, CERTIFICATE_FILE.name)
MASKS = re.compile(rf"{re.escape(MASK)}|{re.escape(TOKEN)}")
_NAME = r"([A-Za-z][A-Za-z0-9_.-]{0,60})"
# What may stand before a mask: the name of a pair, of an element, of a part of several; most often of a member.
_NAMES_BEFORE = (
    re.compile(
        rf"(?:name|key|parameter)[\"']?\s?[=:]\s?[\"']{_NAME}[\"'],?\s{{0,4}}[\"']?\w{{1,20}}[\"']?[=:]\s?[\"']$"
    ),
    re.compile(rf"<(?:[\w.-]{{1,40}}:)?{_NAME}(?:\s[^<>]{{0,60}})?>\s{{0,20}}$"),
    re.compile(rf"name=\"?{_NAME}\"?\r?\n\r?\n$"),
    re.compile(rf"{_NAME}[\"']?[ \t]{{0,3}}[=:][ \t]{{0,3}}[\"']?$"),
)
_LOOKED_AT = 130  # characters before a mask
_NOT_IN_NAMES = re.compile(r"[^A-Z0-9]+")
NOT_KEPT = ("[Not text:", "were withheld: they hold a secret", f"[{WITHHELD}")
# What a tool writes itself, from the address and the body that it sends.
_OF_THE_TOOL = frozenset(
    {"host", "content-length", "connection", "transfer-encoding", "accept-encoding", "te", "trailer"}
)
_PROOF_LEFT_OUT = (
    "The header DPoP is left out: its proof is for one request only, and made anew with the client’s key for each one."
)
_CERTIFICATE_LEFT_OUT = "The certificate that the client showed in the TLS connection is left out."


def call_of(request: Request, *, exchanges: tuple[Exchange, ...] = (), is_token_request: bool = False) -> SnippetCall:
    """`request` and `exchanges` are redacted."""
    naming = _Naming(taken=() if is_token_request else OF_RECIPES)
    url = naming.text(request.url, "in the address")
    headers, left_out = [], []
    for name, value in request.headers:
        lower = name.lower()
        if lower == "dpop":
            left_out.append(_PROOF_LEFT_OUT)
        elif lower not in _OF_THE_TOOL:
            headers.append((name, naming.header(name, value)))
    if request.client_certificate:
        left_out.append(_CERTIFICATE_LEFT_OUT)
    text = request.body.decode("utf-8", "replace")
    if withheld := any(mark in text[:300] for mark in NOT_KEPT):
        left_out.append("The body is left out: it was not kept, because what is secret in it cannot be told.")
    body = naming.text(text, "in the body") if text and not withheld else None
    return SnippetCall(
        request.method,
        url,
        tuple(headers),
        body,
        naming.token,
        tuple(dict.fromkeys(left_out)),
        exchanges,
        request.timeout_s,
    )


def count_hidden(texts: Iterable[str]) -> int:
    """How many values are masked in texts."""
    return sum(len(MASKS.findall(text)) + any(mark in text for mark in NOT_KEPT) for text in texts)


def texts_of(exchange: Exchange) -> Iterator[str]:
    """All texts of an exchange in which something may be masked."""
    request, response = exchange.request, exchange.response
    yield request.url
    yield from (value for _, value in request.headers)
    yield request.body.decode("utf-8", "replace")
    if response is not None:
        yield from (value for _, value in response.headers)
        yield response.body.decode("utf-8", "replace")


class _Naming:
    """Names each hidden value of one request once. `token` is the access token's, None while there was none."""

    def __init__(self, *, taken: Iterable[str]) -> None:
        self.token: Variable | None = None
        self._taken = set(taken)

    def header(self, name: str, value: str) -> SnippetText:
        """Of an Authorization header the scheme stays: `Bearer <token>`."""
        is_own = name.lower() in AUTHORIZATION_HEADERS
        if is_own and value.endswith(TOKEN) and MASKS.findall(value) == [TOKEN] and self.token is None:
            self.token = TOKEN_VARIABLE
            return (value.removesuffix(TOKEN), TOKEN_VARIABLE)
        return self.text(value, f"of the header {name}", usual=name)

    def text(self, text: str, where: str, usual: str = "") -> SnippetText:
        """`usual` is what a mask is named after that has no name of its own in the text."""
        pieces: list[str | Variable] = []
        end = 0
        for found in MASKS.finditer(text):
            pieces.append(text[end : found.start()])
            own = _name_before(text[max(0, found.start() - _LOOKED_AT) : found.start()])
            label = f"{own or 'A value'} {where}" if own or not usual else f"The value {where}"
            pieces.append(Variable(self._name(own or usual), label))
            end = found.end()
        pieces.append(text[end:])
        return tuple(piece for piece in pieces if piece)

    def _name(self, wanted: str) -> str:
        """Upper case with an underscore in it: none of the names that shells and systems use themselves."""
        plain = _NOT_IN_NAMES.sub("_", wanted.upper()).strip("_")[:40] or "HIDDEN"
        name = plain if "_" in plain else f"{plain}_VALUE"
        number, free = 1, name
        while free in self._taken:
            number += 1
            free = f"{name}_{number}"
        self._taken.add(free)
        return free


def _name_before(text: str) -> str:
    """The name that a mask has in what stands before it; "" without one."""
    found = next((match for pattern in _NAMES_BEFORE if (match := pattern.search(text))), None)
    return found[1] if found else ""
