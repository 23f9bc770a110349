"""JSON values that Python's own types would change: numbers digit for digit, members with their duplicates."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class NumberText:
    """A JSON number kept digit for digit: fractions, exponents, and integers too long to compute with."""

    text: str


class Member(Struct, frozen=True):
    """One member of a JSON object as it stood in the text; a duplicate is a second Member with the same name.

    A Struct, as what is made for each claim of a token: a frozen dataclass takes five times as long to make.
    """

    name: str
    value: Any
