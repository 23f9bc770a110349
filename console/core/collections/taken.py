"""A value that was taken from an answer for the calls that follow, and how it is written where it is put."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from console.core.json import strict
from console.core.json.text import SURROGATE, json_text
from console.core.redaction.known import MIN_CHARACTERS
from console.core.redaction.names import MASK, is_secret_header, mask_of

MOST_CHARACTERS = 4000  # of one value
MOST_SHOWN = 200
MOST_VALUES = 50  # of one run
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,49}")


@dataclass(frozen=True, slots=True)
class TakenValue:
    """`text` is the value as text; with `is_text` it was a string, else a number, true or false.

    `is_secret`: it is never shown, and masked wherever it comes back. `is_typed`: no answer gave it, but a person, as a
    variable of the profile. `step` is the number of the step whose answer gave it, 0 for none.
    """

    name: str
    text: str
    is_text: bool = True
    is_secret: bool = False
    is_typed: bool = False
    step: int = 0

    def __repr__(self) -> str:
        return f"TakenValue({self.name})"

    @property
    def shown(self) -> str:
        """For people: masked when it is secret, and cut."""
        text = MASK if self.is_secret else self.text
        return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"

    @property
    def as_json(self) -> str:
        return json_text(self.text) if self.is_text else self.text

    @property
    def as_percent_encoded(self) -> str:
        """For a part of a path, a query or a form: nothing in it divides parts (RFC 3986 section 2.1)."""
        return quote(self.text, safe="")


TakenValues = Mapping[str, TakenValue]


def typed(name: str, text: str) -> TakenValue:
    """The value of a variable: in JSON it is what it says there, a number, true, or else a text."""
    return TakenValue(name, text, is_text=not strict.read_text(text).is_json, is_typed=True)


def taken(name: str, value: Any, *, shown: Any) -> TakenValue | str:
    """The value under its name; one sentence when it is none that could be put anywhere.

    `shown` is the same value of the redacted answer: where that is another, redaction holds the value for a secret.
    """
    if isinstance(value, dict | list | tuple):
        return "is an object or a list; take one value of it."
    if value is None:
        return "is null."
    text = value if isinstance(value, str) else json_text(value)
    if not isinstance(value, str) and text.startswith('"'):
        return "is no number of JSON."  # NaN and its like, which some servers write
    if not text:
        return "is empty."
    if len(text) > MOST_CHARACTERS:
        return f"is longer than {MOST_CHARACTERS} characters."
    if SURROGATE.search(text):
        return "holds half a character, which no text may."
    lower = name.lower()
    is_secret = type(value) is not type(shown) or value != shown or bool(mask_of(lower)) or is_secret_header(lower)
    if is_secret and len(text) < MIN_CHARACTERS:
        return f"is a secret of fewer than {MIN_CHARACTERS} characters, too short to be masked in later calls."
    return TakenValue(name, text, isinstance(value, str), is_secret)
