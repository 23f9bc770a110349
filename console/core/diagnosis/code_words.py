"""The words that Microsoft Entra wrote beside its numbers: other lines of a log say nothing of what a number means."""

import re

# To its end, and the lines behind it in which Entra goes on.
_LINES = re.compile(
    r"^[^\n]*AADSTS\d{4,9}[^\n]*(?:\n[ \t]*(?:Trace ID|Correlation ID|Timestamp|\[Reason)[^\n]*){0,4}", re.MULTILINE
)
_REASON = re.compile(r"\[Reason - ([^\]\n]{1,1000})")


def words_of_codes(said: str) -> str:
    """The lines with numbers; all of it where none stands in it, for an answer may list them beside its words."""
    return "\n".join(_LINES.findall(said)) if "AADSTS" in said else said


def reason_of_codes(said: str) -> str:
    """What Entra gives as the reason in brackets; all of its words where it gives none."""
    words = words_of_codes(said)
    reasons = _REASON.findall(words)
    return "\n".join(reasons) if reasons else words
