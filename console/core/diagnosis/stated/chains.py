"""Chains of causes, as programs print them: the root says why it failed, what stands above it what that hindered.

Java and Rust write `Caused by:`, .NET `--->`, Node `[cause]:`, Python a sentence between two tracebacks, the root
first. A text is read as `messages.plain` gives it: no line begins with blanks, none is empty.
"""

import re
from collections.abc import Iterator

from console.core.diagnosis.stated.gravity import gravity_of

Spans = tuple[tuple[int, int], ...]

_MARKS = ("Caused by:", "---> ", "[cause]: ", "the above exception", "The above exception")
_LINK = re.compile(r"(?:Caused by: |---> (?!\(Inner Exception #)|\[cause\]: )(?=\S)")
_ALONE = re.compile(r"Caused by:\Z")  # of Rust: the links stand below it, numbered where there are several
_NUMBERED = re.compile(r"\d{1,2}: \S")
_ABOVE = re.compile(
    r"(?:The above exception was the direct cause of the following exception"
    r"|During handling of the above exception, another exception occurred):?\Z"
)
_INLINE = " ---> "
_FRAME = re.compile(
    r"at \S|\.\.\. \d|File \"|Suppressed: |--- End of|\(Inner Exception #|#\d{1,3} |[~^\s]+\Z|[{}\]]+,?\Z"
)
_NAMED = re.compile(r"(?:[\w$]{1,80}\.){0,12}[\w$]{1,80}(?:Error|Exception|Failure)\b")
_RAISED = re.compile(_NAMED.pattern + r"(?::|\Z)")
_OF_CODE = re.compile(r"Traceback |File \"")
_MOST_FRAMES = 200  # lines between two links
_MOST_OF_MESSAGE = 8  # lines of one
_MOST_LINKS = 60


def outer_links(text: str) -> Spans:
    """Where all links but the roots stand, in order; () for a text without a chain. Never raises."""
    if not any(mark in text for mark in _MARKS):
        return ()
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spans = {
        (starts[number] + start, starts[number] + end)
        for number, start, end in _outer(lines)
        if end > start and number < len(lines)
    }
    return tuple(sorted(spans))


def blanked(text: str, spans: Spans) -> str:
    """The text, as long as it was, with blanks there: line ends stay."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += (text[at:start], " " * (end - start))
            at = end
    return "".join([*parts, text[at:]])


def _outer(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """The number of a line, and from where to where in it an outer link stands."""
    for number, line in enumerate(lines):
        if _LINK.match(line) or _ALONE.match(line):
            yield from _above(lines, number)
        if _ALONE.match(line):
            yield from _numbered_but_last(lines, number + 1)
        if (last := line.rfind(_INLINE)) > 0:
            yield number, 0, last
        if _ABOVE.match(line) and (raised := _raised_below(lines, number + 1)) is not None:
            yield raised, 0, len(lines[raised])


def _above(lines: list[str], number: int) -> Iterator[tuple[int, int, int]]:
    """The lines of the link above a line: its message, and what a log says of it before."""
    last = number - 1
    while last >= 0 and number - last < _MOST_FRAMES and _FRAME.match(lines[last]):
        last -= 1
    if last < 0 or _FRAME.match(lines[last]):
        return
    first = next((one for one in range(last, max(-1, last - _MOST_OF_MESSAGE), -1) if _begins(lines[one])), last)
    if first > 0 and _NAMED.match(lines[first]) and gravity_of(lines[first - 1]) is not None:
        first -= 1
    for one in range(first, last + 1):
        yield one, 0, len(lines[one])


def _begins(line: str) -> bool:
    return _NAMED.search(line) is not None or _LINK.match(line) is not None


def _numbered_but_last(lines: list[str], first: int) -> Iterator[tuple[int, int, int]]:
    number = first
    while number + 1 < len(lines) and number - first < _MOST_LINKS and _NUMBERED.match(lines[number + 1]):
        yield number, 0, len(lines[number])
        number += 1


def _raised_below(lines: list[str], first: int) -> int | None:
    """The line that says what was raised on top: below the next traceback, behind its last line of code."""
    for number in range(first, min(len(lines), first + _MOST_FRAMES)):
        is_code = _OF_CODE.match(lines[number]) or (number > first and lines[number - 1].startswith('File "'))
        if _RAISED.match(lines[number]) or not (is_code or _FRAME.match(lines[number])):
            return number
    return None
