"""How grave a program itself calls each line of its log: what failed stands above what was noted or warned of."""

import re
from enum import IntEnum

from console.core.diagnosis.prose.persons import Writer, writer_of


class Gravity(IntEnum):
    NOTED = 0
    WARNED = 1
    FAILED = 2


_NAMES = {
    Gravity.NOTED: "trace|trce|verbose|debug|dbug|dbg|vrb|info|inf|information|informational|notice|hint",
    Gravity.WARNED: "warn|wrn|warning",
    Gravity.FAILED: "error|err|eror|fail|fatal|ftl|crit|critical|severe|panic|emerg|alert",
}
_BY_NAME = {name: gravity for gravity, names in _NAMES.items() for name in names.split("|")}
_ANY = "|".join(_BY_NAME)
_HEAD = 90  # characters at the beginning of a line in which its level stands
_KEYED = re.compile(
    rf"(?<![\w.-])(?:level|@l|lvl|severity|loglevel|log\.level|levelname|severitytext)[\"']?\s?[=:]\s?[\"']?({_ANY})\b",
    re.IGNORECASE,
)
_KEYED_WITHIN = 600
# Capitals or abbreviations after a time or in brackets, and a word before a colon at the very beginning.
_PLAIN = re.compile(rf"(?<![\w.=/-])({_ANY.upper()})(?![\w./=-])", re.ASCII)
_IN_BRACKETS = re.compile(rf"[\[(,|]\s?({_ANY})\s?[\]),|]", re.IGNORECASE)
_FIRST = re.compile(rf"\s{{0,8}}({_ANY}):(?=\s)", re.IGNORECASE)
_OF_KLOG = re.compile(r"[EWIF]\d{4} \d\d:\d\d:\d\d")
_KLOG = {"I": Gravity.NOTED, "W": Gravity.WARNED, "E": Gravity.FAILED, "F": Gravity.FAILED}
# What goes on with the line before it: an indented line, a frame, a cause, the exception that was logged with it.
_GOES_ON = re.compile(r"[ \t]+\S|at \S|Caused by: |Traceback |\.\.\. \d|---|[\w.$]{3,200}(?:Error|Exception)\b")


def graver(text: str) -> tuple[str, ...]:
    """The text as often as there is to ask it: with only what failed, then with warnings, then whole. Each is as long,
    with blanks for the rest; a text without levels is given once.
    """
    lines = text.split("\n")
    found = _gravities(lines)
    levels = sorted({one for one in found if one is not None}, reverse=True)
    if len(levels) < 2:
        return (text,)
    calm = [_gravity_of_plain(line) if one is None else one for line, one in zip(lines, found, strict=True)]
    return (*(_at_least(level, lines, calm) for level in levels[:-1]), text)


def _at_least(level: Gravity, lines: list[str], found: list[Gravity]) -> str:
    return "\n".join(line if gravity >= level else " " * len(line) for line, gravity in zip(lines, found, strict=True))


def _gravities(lines: list[str]) -> list[Gravity | None]:
    """One a line; None where the line has none and goes on with none."""
    found: list[Gravity | None] = []
    for line in lines:
        gravity = gravity_of(line)
        if gravity is None and found and found[-1] is not None and _GOES_ON.match(line):
            gravity = found[-1]
        found.append(gravity)
    return found


def gravity_of(line: str) -> Gravity | None:
    """What the line itself calls itself; None where it does not."""
    if _OF_KLOG.match(line):
        return _KLOG[line[0]]
    head = line[:_HEAD]
    named = (
        (_KEYED.search(line, 0, _KEYED_WITHIN) if "=" in head or '":' in head else None)
        or _FIRST.match(head)
        or _PLAIN.search(head)
        or _IN_BRACKETS.search(head)
    )
    return _BY_NAME[next(filter(None, named.groups())).lower()] if named else None


def _gravity_of_plain(line: str) -> Gravity:
    """A line without a level says what it says; what a person wrote beside a log stands behind the log."""
    return Gravity.NOTED if writer_of(line) is Writer.PERSON else Gravity.FAILED
