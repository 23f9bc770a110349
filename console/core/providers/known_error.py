"""One row of a provider's error table: how the error is known, what it means, and what to do about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from console.core.owner import Owner

Retry = Literal["no", "wait", "sign-in", "poll"]


@dataclass(frozen=True, slots=True)
class KnownError:
    """`code` is the provider's own name for it ("MP-110"), or the OAuth error where it has no other.

    It is known by `pattern` in error, error_description or error_uri, and by `error` as well where that is not "".
    `cause` is a slug of the catalogue, None where the text alone does not tell one. `do` is in the provider's words.
    `is_confirmed` is false for a text that was read in no source of the provider's own or of its users.
    """

    code: str
    pattern: re.Pattern[str]
    meaning: str
    cause: str | None
    do: str
    owner: Owner
    error: str = ""
    retry: Retry = "no"
    is_confirmed: bool = True


Row = tuple[str, str, str, str | None, str, Owner]


def known(*table: Row, error: str = "", retry: Retry = "no", is_confirmed: bool = True) -> tuple[KnownError, ...]:
    """Rows of (code, regular expression, meaning, cause, do, owner) that share an OAuth error."""
    return tuple(
        KnownError(code, re.compile(pattern, re.I), meaning, cause, do, owner, error, retry, is_confirmed)
        for code, pattern, meaning, cause, do, owner in table
    )


def find(rows: Iterable[KnownError], *, error: str, texts: Iterable[str]) -> KnownError | None:
    """The first row that knows an answer of a token endpoint; `texts` are its description and error_uri."""
    whole = "\n".join((error, *texts))
    return next((row for row in rows if row.error in ("", error) and row.pattern.search(whole)), None)
