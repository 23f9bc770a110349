"""What a kept call must not tell: secret headers and parameters become masks, tokens lose their signatures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_plus

from console.core.character_references import unescaped
from console.core.credential import Secret
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.described_call import VALID_KEY
from console.core.policy.keep.tokens_in_text import cut, pieces, tokens_in
from console.core.redaction.known import replacements
from console.core.redaction.names import (
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    QUERY_NAMES,
    TOKEN,
    TOKEN_HEADERS,
    is_secret_header,
    mask_of,
)
from console.core.redaction.patterns import cookie_values
from console.core.redaction.redact import redact_text
from console.core.redaction.structure import authorization

_MADE_UP = (VALID_KEY, f"not-{VALID_KEY}")
_SECRET_WORDS = ("authorization", "key", "token", "secret", "cookie", "passw", "session", "credential", "signature")
_PUNCTUATION = "\"'`,:;<>()[]{}"
_SAFE = "*<>/:,;=@.-_~"
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SEPARATOR = re.compile(r"[\s=&?#/;,:]+")
_WORD = re.compile(r"\S+")
_ROUNDS = 3


@dataclass(frozen=True, slots=True, repr=False)
class Mask:
    """`places` are names, in lower case, of headers and parameters that hold a token; `secrets` are known ones.

    Masking what was masked changes nothing.
    """

    places: frozenset[str] = frozenset()
    secrets: tuple[Secret, ...] = ()

    def value(self, name: str, value: str) -> str:
        """The value of a header or query parameter: a mask when its name says that it is secret, else swept."""
        lower = name.strip().lower()
        if value in _MADE_UP:
            return value
        if lower in COOKIE_HEADERS and lower not in self.places:
            return cookie_values(value)
        if lower in self.places or _is_secret_name(lower):
            return " ".join(map(_secret_word, value.split(" ")))
        return self.url(value) if "://" in value[:10] else self._text(value)

    def url(self, text: str) -> str:
        """The address without user, password and fragment, which no gateway sees, and with secret parameters masked."""
        address, mark, query = text.partition("#")[0].partition("?")
        scheme, slashes, rest = address.partition("://")
        host, slash, path = rest.partition("/")
        start = f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{self._text(path)}"
        return start + mark + "&".join(map(self._pair, query.split("&")))

    def _pair(self, text: str) -> str:
        """One parameter, spelled as it was when nothing of it is masked."""
        name, equals, value = text.partition("=")
        plain = unquote_plus(name)
        told, shown = self._text(plain), self.value(plain, unquote_plus(value))
        name = name if told == plain else quote(told, safe=_SAFE)
        return name + equals + (value if shown == unquote_plus(value) else quote(shown, safe=_SAFE))

    def _text(self, text: str) -> str:
        """Free text: tokens unsigned, what lies between them swept."""
        return "".join(self._swept(before) + (cut(token) if token else "") for before, token in pieces(text))

    def _swept(self, text: str) -> str:
        shown = _WORD.sub(lambda word: TOKEN if _hides_token(word[0]) else word[0], text)
        return redact_text(shown, self.secrets)


def call_texts(request: GatewayRequest) -> tuple[str, ...]:
    """Wherever something may stand in a call: the address, names and values of headers."""
    return (request.url, *(text for header in request.headers for text in header))


def holds_spelling(texts: Iterable[str], needles: tuple[str, ...]) -> bool:
    """Whether any of the needles stands in the texts: as it is, encoded in a usual way, or with blanks in it."""
    if not needles:
        return False
    wanted = {spelling for spelling, _ in replacements(Secret("".join(one.split())) for one in needles)}
    for text in texts:
        for plain in _readings(text):
            packed = "".join(plain.split())
            if any(one in packed for one in wanted) or not set(needles).isdisjoint(_SEPARATOR.split(plain)):
                return True
    return False


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says when percent-encoding, character references and JSON escapes are taken off."""
    yield text
    for _ in range(_ROUNDS):
        before = text
        text = unescaped(unquote(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)))
        if text == before:
            return
        yield text


def _hides_token(word: str) -> bool:
    return any(map(tokens_in, _readings(word)))


def _is_secret_name(lower: str) -> bool:
    if lower in AUTHORIZATION_HEADERS | TOKEN_HEADERS or is_secret_header(lower) or mask_of(lower, QUERY_NAMES):
        return True
    return any(word in lower for word in _SECRET_WORDS)


def _secret_word(word: str) -> str:
    """A token stays, unsigned; a scheme and a word such as undefined stay; anything else is masked."""
    found = list(pieces(word))
    if len(found) > 1 and not any(before.strip(_PUNCTUATION) for before, _ in found):
        return "".join(before + (cut(token) if token else "") for before, token in found)
    return authorization(word)
