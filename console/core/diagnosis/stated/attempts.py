"""Attempts of one thing in a log: the last one tells how it ended, and one that went well ends what failed before."""

import re
from itertools import pairwise

from console.core.diagnosis.messages.plain import lowered

_NUMBERED = re.compile(  # in small letters
    r"(?:attempt|try|retry|trial)\s{0,2}#?\s?(?P<a>\d{1,2})\b|(?<![\w/.])(?P<b>\d{1,2})\s?(?:/|of)\s?\d{1,2}\b(?![/.])"
)
_HEAD = 80  # characters of a line in which it is counted
_WELL = re.compile(
    r"\b(?:2\d\d (?:OK|Created|Accepted|No Content)\b|succe(?:eded|ss|ssful|ssfully)\b)"
    r"|(?:->|=>|[:\"]|\banswered|\bstatus[= ]?|\)) ?2\d\d\b(?! ?(?:ms|s|bytes)\b)|\b[A-Z]{3,7} /\S{0,200} 2\d\d\b"
    r"|\b2\d\d (?:GET|POST|PUT|PATCH|DELETE) /",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:fail\w*|errors?|exceptions?|denied|refused|rejected|invalid|unauthori[sz]ed|forbidden|expired|missing|unable"
    r"|timed out|timeout|[45]\d\d|AADSTS\d{4,9})\b|(?:Exception|Error)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b2\d\d\b|succe", re.IGNORECASE)
_MARKS = re.compile(r"\A[\W\d]+")  # a time, a number, a bullet
# Of the ways to a credential that are tried in turn, one that is not there refused nothing.
_NOT_THERE = re.compile(
    r"^[^\n]{0,80}?\b\w{2,40}Credential\b[^\n]{0,60}\bunavailable\b(?![^\n]{0,200}\bnot been assigned)"
)
_REFUSED = re.compile(r"\b(?!Default|Chained)\w{2,40}Credential\b[^\n]{0,60}\b(?:failed|error)\b", re.IGNORECASE)
_SAME = 8  # characters in which attempts that only count are alike


def without_overcome(text: str) -> str:
    """The text with blanks in place of attempts that were followed by another, and of all before one that went well."""
    lines = text.split("\n")
    gone = _before_the_last(lowered(text).split("\n")) | _before_success(lines) | _not_there(lines)
    if not gone:
        return text
    return "\n".join(" " * len(line) if number in gone else line for number, line in enumerate(lines))


def _before_the_last(low: list[str]) -> set[int]:
    """The numbers of the lines, in small letters, of counted attempts but the last."""
    counted = [(number, found) for number, line in enumerate(low) if (found := _NUMBERED.search(line, 0, _HEAD))]
    gone: set[int] = set()
    for (start, one), (end, other) in pairwise(counted):
        # Attempts by name are; what only counts, "[1/3] …", is where the same was done.
        is_by_name = bool(one["a"] and other["a"])
        if _count(other) == _count(one) + 1 and (is_by_name or _is_same(_uncounted(one), _uncounted(other))):
            gone.update(range(start, end))
    return gone


def _uncounted(found: re.Match[str]) -> str:
    return f"{found.string[: found.start()]} {found.string[found.end() :]}"


def _not_there(lines: list[str]) -> set[int]:
    """The numbers of the lines that tell of credentials that were not there, where another was and was refused."""
    gone = {number for number, line in enumerate(lines) if "Credential" in line and _NOT_THERE.match(line)}
    rest = (line for number, line in enumerate(lines) if number not in gone and "Credential" in line)
    return gone if gone and any(map(_REFUSED.search, rest)) else set()


def _count(found: re.Match[str]) -> int:
    return int(found["a"] or found["b"])


def _before_success(lines: list[str]) -> set[int]:
    """The numbers of the lines up to the last success, where it is the very thing that had failed, and nothing fails
    after. A token that was got anew, or the call of somebody else, says nothing of the call that was refused.
    """
    well = next((number for number in reversed(range(len(lines))) if _is_well(lines[number])), None)
    if well is None or any(_ILL.search(line) for line in lines[well + 1 :]):
        return set()
    ill = [number for number in range(well) if _ILL.search(lines[number])]
    if not ill:
        return set()
    return set(range(well + 1)) if _is_same(lines[ill[-1]], lines[well]) else set()


def _is_well(line: str) -> bool:
    return ("20" in line or "ucce" in line) and _WELL.search(line) is not None and _ILL.search(line) is None


def _is_same(one: str, other: str) -> bool:
    """Whether both lines say the same up to how it ended: the same was done again."""
    action = _action(one)
    return len(action) >= _SAME and action == _action(other)


def _action(line: str) -> str:
    """A line up to how it ended; "" where it does not tell."""
    well = _WELL.search(line)
    how = _HOW.search(line, well.start()) if well else None
    ends = [found.start() for found in (_ILL.search(line), how) if found]
    return " ".join(_MARKS.sub("", line[: min(ends)]).rstrip("->=:[]. ").lower().split()) if ends else ""
