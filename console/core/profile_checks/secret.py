"""The shape of a client secret, told without one of its characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from console.core.checks.base import Finding, Status
from console.core.compare import is_guid, without_hidden
from console.core.owner import Owner
from console.core.tokens.text import CONTROL, HIDDEN, SURROGATE

_QUOTES = "\"'`“”„‘’«»"
_LINE_ENDS = re.compile(r"[\r\n\t]")
_AGAIN = "Copy the secret's value again, without anything around it, and enter it here."


@dataclass(frozen=True, slots=True)
class SecretShape:
    """Facts about a secret. `length` counts characters.

    `has_outer_blanks`: blanks or line ends around it. `has_hidden`: invisible or control characters anywhere, line
    ends inside included. `has_quotes`: a quotation mark at its start or end. `looks_like_guid` ignores all of these.
    """

    length: int
    looks_like_guid: bool
    has_outer_blanks: bool
    has_hidden: bool
    has_quotes: bool
    is_ascii: bool

    def describe(self) -> str:
        """The shape in words, for evidence: "36 characters: 8-4-4-4-12 hexadecimal groups"."""
        traits = {
            "8-4-4-4-12 hexadecimal groups": self.looks_like_guid,
            "blanks or line ends around it": self.has_outer_blanks,
            "invisible characters in it": self.has_hidden,
            "quotation marks around it": self.has_quotes,
            "characters outside ASCII": not self.is_ascii,
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
        has_hidden=any(pattern.search(core) for pattern in (HIDDEN, CONTROL, SURROGATE, _LINE_ENDS)),
        has_quotes=core.strip(_QUOTES) != core,
        is_ascii=text.isascii(),
    )


def check(shape: SecretShape) -> Iterator[Finding]:
    """Warnings, not faults: only the identity provider knows its secrets."""
    if shape.looks_like_guid:
        yield _warning(
            "The stored secret looks like the ID of a secret, not like its value.",
            why="It has the form of a GUID (8-4-4-4-12 hexadecimal digits); a secret's ID has, its value has not.",
            do='Copy the column "Value" of the app registration\'s client secrets; make a new secret if it is hidden by now.',
            shape=shape,
            code="profile-secret-id",
        )
    if shape.has_outer_blanks or shape.has_hidden:
        where = "has blanks or line ends around it" if shape.has_outer_blanks else "has invisible characters in it"
        yield _warning(
            f"The stored secret {where}.",
            why="They are sent as part of the secret, and the identity provider compares every character.",
            do=_AGAIN,
            shape=shape,
            code="profile-secret-hidden",
        )
    if shape.has_quotes:
        yield _warning(
            "The stored secret begins or ends with a quotation mark.",
            why="Quotation marks belong to the file it was copied from, seldom to the secret.",
            do=_AGAIN,
            shape=shape,
            code="profile-secret-quotes",
        )
    if not shape.is_ascii and not shape.has_hidden:
        yield _warning(
            "The stored secret has characters outside ASCII.",
            why="Generated secrets have none; a mail program often replaces dashes and quotation marks.",
            do=_AGAIN,
            shape=shape,
            code="profile-secret-ascii",
        )


def _warning(what: str, *, why: str, do: str, shape: SecretShape, code: str) -> Finding:
    return Finding(
        Status.WARNING,
        what,
        why,
        do,
        Owner.INTEGRATOR,
        expected="the secret's value, about 40 ASCII characters without blanks",
        actual=shape.describe(),
        check=code,
        source="AADSTS7000215",
    )
