"""expires_in of a token answer (RFC 6749 section 5.1): recommended, and often odd. An odd one spoils no good token."""

import re
from dataclasses import dataclass
from typing import Any

from console.core.json.text import json_text, shorten
from console.core.json.values import NumberText

MAX_LIFE_S = 10 * 366 * 24 * 3600  # ten years: beyond it the number is a date, milliseconds or nonsense
_NUMBER = re.compile(r"(-?[0-9]{1,40})(?:\.([0-9]{1,40}))?")
UNKNOWN = "so how long the token lasts is known only from the token itself"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """`seconds` is None when the answer tells none, 0 for a token that is over already and is not kept for reuse.

    `note` is a sentence when the value is not what RFC 6749 asks for, else "".
    """

    seconds: int | None
    note: str = ""


def read_lifetime(value: Any) -> Lifetime:
    """The lifetime of a token; `value` is expires_in as parsed, None when absent."""
    if value is None:
        return Lifetime(None, f"The answer has no expires_in (RFC 6749 recommends it), {UNKNOWN}.")
    text = value.text if isinstance(value, NumberText) else str(value) if type(value) in (int, str) else ""
    found = _NUMBER.fullmatch(text.strip())
    shown = shorten(json_text(value), 40)
    if found is None:
        return Lifetime(None, f"The expires_in of the answer is {shown}, which is no number of seconds, {UNKNOWN}.")
    seconds = int(found[1])
    if seconds > MAX_LIFE_S:
        return Lifetime(None, f"The expires_in of the answer is {shown}, more than ten years, {UNKNOWN}.")
    if seconds <= 0:
        return Lifetime(0, f"The expires_in of the answer is {shown}: the token counts as over and is not used again.")
    return Lifetime(seconds, _form(value, shown, has_fraction=bool((found[2] or "").strip("0"))))


def _form(value: Any, shown: str, *, has_fraction: bool) -> str:
    if isinstance(value, str):
        return f"The expires_in of the answer is the text {shown}; RFC 6749 asks for a number. It was read as one."
    if has_fraction:
        return f"The expires_in of the answer is {shown}; only the whole seconds count."
    return ""
