"""One look for all that a closer look would begin at: stems of the names of secrets, and beginnings of what is one.

A text without any of it names no secret, and needs no closer look.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import re2  # type: ignore[import-untyped]

from console.core.redaction.names import (  # fmt: skip
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    QUERY_NAMES,
    SECRET_HEADERS,
    SECRET_NAMES,
    TOKEN_HEADERS,
    TOKEN_NAMES,
)

# The same as in `names`; then those of headers and of the elements of signed XML.
STEMS = (
    *("pass", "pwd", "secret", "token", "key", "sig", "otp", "code", "assertion", "saml", "auth", "conn", "session"),
    *("csrf", "cookie", "dpop", "bearer", "principal", "oidc", "cipher"),
)
# What a closer look of the sweep begins at, in lower case: tokens as they are and wrapped, and words of ways in.
MARKS = ("eyj", "eya", "ew0", "ewo", "ewk", "zxlk", "qmvhcmvyi", "basic", "curl")
NAMES = (
    TOKEN_NAMES | SECRET_NAMES | QUERY_NAMES | AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS | SECRET_HEADERS
)


_END = "\x01end\x01"  # stands behind each text: where it is not found RE2 gave up, short of memory


class WordWalk:
    """Words that are looked for in one walk, in a tenth of the time that one search for each takes."""

    __slots__ = ("_set", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._set = re2.Set.SearchSet()
        for word in (*self._words, _END):
            self._set.Add(re2.escape(word))
        self._set.Compile()

    def found_in(self, lower: str) -> frozenset[str]:
        """Those that a text in lower case holds."""
        found = self._set.Match(lower.encode("ascii", "replace") + _END.encode()) or ()
        if len(self._words) not in found:
            return frozenset(word for word in self._words if word in lower)
        return frozenset(self._words[at] for at in found if at < len(self._words))


_WALK = WordWalk((*STEMS, *MARKS))
_STEMS, _MARKS = frozenset(STEMS), frozenset(MARKS)


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A text in lower case, and which of STEMS and MARKS stand in it."""

    lower: str
    stems: frozenset[str]
    marks: frozenset[str]


def seen_in(text: str) -> Seen:
    """What one walk through a text sees."""
    lower = text.lower()
    found = _WALK.found_in(lower)
    return Seen(lower, found & _STEMS, found & _MARKS)


def is_plain(text: str, seen: Seen) -> bool:
    """Whether nothing in a body can name a secret, nor be written so that a name is not seen: by escapes of JSON, as
    percents, as characters of XML, or as the user of an address. `seen` is what stands in the text.

    One character is looked for before two: most texts have none of it, and it is found ten times as fast.
    """
    return not (
        seen.stems
        or "%" in text
        or "&" in text
        or ("\\" in text and ("\\u" in text or "\\/" in text))
        or ("@" in text and "://" in text)
    )
