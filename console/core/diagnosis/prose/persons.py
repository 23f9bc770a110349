"""Which lines of a text that was taken for a log a person wrote: programs say nothing of tries, colleagues and luck."""

import re
from collections.abc import Iterable
from enum import StrEnum

from console.core.diagnosis.messages.plain import plain
from console.core.diagnosis.prose.wordings import ASKS, PERSONAL

_PERSON = re.compile(rf"\b(?:{'|'.join(PERSONAL)})", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z], (?:(?:but|and) (?:the|it|there|then|we|my|our)|so (?:a|the|it|every|all|no|we|I))\b")
# Software begins so, and people do not.
_BEGINS_AS_SOFTWARE = re.compile(
    r"\s{0,20}(?:[\[{<\"'(#]|\d{4}-|\d\d:|[\w.-]{1,80}[:=]\S|[A-Z]{4,}\b|[\w.]{0,80}(?:Error|Exception)\b"
    r"|[a-z_]{1,40}: )"
)
_SOFTWARE = re.compile(
    r"[{}<>]|=\"|\w=\w|::|\bat \S{1,80}\(|\b(?:ERROR|WARN|INFO|DEBUG|FATAL)\b"
    r"|(?:^|\s)(?:error|message|error_description|detail)\s?:"
)
_ASKS = re.compile(rf"(?:^|[.!?] )(?:why|{ASKS})\b[^?!\n]{{3,200}}\?(?:\s|$)", re.IGNORECASE)
_WORDS = re.compile(r"[a-z']{1,20} [a-z']{1,20} ")
LEAST = 4  # words of a sentence
LONGEST = 1_500


class Writer(StrEnum):
    """Who wrote a line."""

    PERSON = "person"
    ANYBODY = "anybody"  # a person or a program: a sentence in words alone
    PROGRAM = "program"


def writer_of(line: str) -> Writer:
    if not _is_plain(line):
        return Writer.PROGRAM
    is_spoken = any(pattern.search(line) for pattern in (_PERSON, _GOES_ON, _ASKS))
    return Writer.PERSON if is_spoken else Writer.ANYBODY


def _is_plain(line: str) -> bool:
    return (
        len(line) <= LONGEST
        and line.count(" ") >= LEAST - 1
        and _BEGINS_AS_SOFTWARE.match(line) is None
        and _SOFTWARE.search(line) is None
        and _WORDS.search(line) is not None
    )


def without_prose(text: str, shown: str, persons: Iterable[str]) -> str:
    """The text with blanks in place of these lines, which a person wrote; `shown`, as long, has what they say."""
    known = {plain(line).strip() for line in persons}
    pieces: list[str] = []
    start = 0
    for line in shown.split("\n"):
        part = text[start : start + len(line)]
        pieces.append(" " * len(line) if line.strip() in known else part)
        start += len(line) + 1
        pieces.append(text[start - 1 : start])
    return "".join(pieces)
