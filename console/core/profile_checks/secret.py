"""The shape of a client secret, told without one of its characters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from console.core.compare import is_guid, without_hidden
from console.core.finding import Finding, Status
from console.core.json.text import UNSEEN
from console.core.oauth.words import ProviderWords
from console.core.owner import Owner

_QUOTES = "\"'`“”„‘’«»"
_LINE_ENDS = re.compile(r"[\r\n\t]")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")
_MASKED = re.compile(r"[^*•●…]{0,8}[*•●…]{3,}|[xX]{4,}")
_ID = "profile-secret-id"
_AGAIN = "Copy the secret's value again, without anything around it, and enter it here."


@dataclass(frozen=True, slots=True)
class SecretShape:
    """Facts about a secret. `length` counts characters.

    `has_outer_blanks`: blanks or line ends around it. `has_hidden`: invisible or control characters anywhere, line
    ends inside included. `has_quotes`: a quotation mark at its start or end. `looks_like_guid` ignores all of these.
    `is_encoded_in_basic`: Basic encodes some of it before it is sent (RFC 6749 appendix B).
    `looks_masked`: nothing but signs that hide a secret, or a few characters and then only such signs.
    """

    length: int
    looks_like_guid: bool
    has_outer_blanks: bool
    has_hidden: bool
    has_quotes: bool
    is_ascii: bool
    is_percent_encoded: bool = False
    looks_masked: bool = False
    is_encoded_in_basic: bool = False

    def describe(self) -> str:
        """The shape in words, for evidence: "36 characters: 8-4-4-4-12 hexadecimal groups"."""
        traits = {
            "8-4-4-4-12 hexadecimal groups": self.looks_like_guid,
            "blanks or line ends around it": self.has_outer_blanks,
            "invisible characters in it": self.has_hidden,
            "quotation marks around it": self.has_quotes,
            "characters outside ASCII": not self.is_ascii,
            "percent-encoded characters": self.is_percent_encoded,
            "mostly masked": self.looks_masked,
        }
        named = ", ".join(words for words, applies in traits.items() if applies)
        size = "1 character" if self.length == 1 else f"{self.length} characters"
        return f"{size}: {named}" if named else size


def secret_shape(text: str) -> SecretShape:
    """The facts about a secret; never raises."""
    core = text.strip()
    return SecretShape(
        length=len(text),
        looks_like_guid=is_guid(without_hidden(text)),
        has_outer_blanks=core != text,
        has_hidden=any(pattern.search(core) for pattern in (UNSEEN, _LINE_ENDS)),
        has_quotes=core.strip(_QUOTES) != core,
        is_ascii=text.isascii(),
        is_percent_encoded=_ENCODED.search(core) is not None,
        looks_masked=_MASKED.fullmatch(core) is not None,
        is_encoded_in_basic=_PLAIN.fullmatch(text) is None,
    )


def check(shape: SecretShape, words: ProviderWords) -> Iterator[Finding]:
    """Warnings, not faults: only the identity provider knows its secrets, some of which are GUIDs."""
    for oddity in _ODDITIES:
        if oddity.applies(shape) and (words.secret_has_id or oddity.code != _ID):
            yield Finding(
                Status.WARNING,
                oddity.what,
                oddity.why,
                oddity.do,
                Owner.INTEGRATOR,
                expected="the secret's value: ASCII characters without blanks",
                actual=shape.describe(),
                check=oddity.code,
                source="RFC 6749 section 2.3.1, appendix A.2",
            )


@dataclass(frozen=True, slots=True)
class _Oddity:
    code: str
    applies: Callable[[SecretShape], bool]
    what: str
    why: str
    do: str


_ODDITIES = (
    _Oddity(
        _ID,
        lambda shape: shape.looks_like_guid,
        "The stored secret looks like the ID of a secret, not like its value.",
        "It has the form of a GUID (8-4-4-4-12 hexadecimal digits), as a secret's ID has and its value has not.",
        'Copy the column "Value"; it is shown only once, so make a new client secret when it is hidden by now.',
    ),
    _Oddity(
        "profile-secret-blanks",
        lambda shape: shape.has_outer_blanks,
        "The stored secret has blanks or line ends around it.",
        "They are sent as part of the secret, and the identity provider compares every character.",
        _AGAIN,
    ),
    _Oddity(
        "profile-secret-hidden",
        lambda shape: shape.has_hidden,
        "The stored secret has line ends or invisible characters in it.",
        "They are sent as part of the secret, and the identity provider compares every character.",
        _AGAIN,
    ),
    _Oddity(
        "profile-secret-quotes",
        lambda shape: shape.has_quotes,
        "The stored secret begins or ends with a quotation mark.",
        "Quotation marks belong to the file it was copied from, seldom to the secret.",
        _AGAIN,
    ),
    _Oddity(
        "profile-secret-masked",
        lambda shape: shape.looks_masked,
        "The stored secret is masked.",
        "It consists of asterisks or dots, which portals show in place of a secret.",
        "Make a new client secret and copy its value at once; it is shown only once.",
    ),
    _Oddity(
        "profile-secret-ascii",
        lambda shape: not (shape.is_ascii or shape.has_hidden or shape.looks_masked or shape.has_quotes),
        "The stored secret has characters outside ASCII.",
        "Generated secrets have none; mail programs put typographic dashes and quotation marks in place of plain ones.",
        _AGAIN,
    ),
    _Oddity(
        "profile-secret-encoded",
        lambda shape: shape.is_percent_encoded,
        "The stored secret seems to be percent-encoded already.",
        "It holds a percent sign with two hexadecimal digits; this console encodes the secret itself.",
        "Enter the secret as the portal shows it.",
    ),
)
