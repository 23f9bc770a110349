"""JSON values that Python's own types would change: numbers digit for digit, members with their duplicates."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NumberText:
    """A JSON number kept digit for digit: fractions, exponents, and integers too long to compute with."""

    text: str


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a JSON object as it stood in the text; a duplicate is a second Member with the same name."""

    name: str
    value: Any
