"""Headers as they are typed: one per line, or a row each for name and value; each that is none is told."""

import re
from collections.abc import Callable

from console.web.forms.lines import refuse

HeaderCheck = Callable[[str, str], str]  # why name and value are no header, "" when they are one
_LINE_END = re.compile(r"[\r\n]")


def any_header(_name: str, _value: str) -> str:
    """What is only kept, or only judged, may be any header."""
    return ""


def as_header(pair: tuple[str, str]) -> tuple[str, str]:
    """A whole line that was pasted into the place of a name is taken apart."""
    name, value = pair[0], pair[1].strip()
    if ":" in name and not value and not _LINE_END.search(name):
        name, _, value = name.partition(":")
    return name.strip(), value.strip()


def row_problem(number: int, pair: tuple[str, str], check: HeaderCheck) -> str:
    """Why a row is no header; "" when it is one. Its value is not told."""
    if not pair[0]:
        return f"Header {number} has a value and no name. Write its name, or take the value out."
    if _LINE_END.search("".join(pair)):
        return f"Header {number} holds a line break, which ends a header. Write it in one line."
    problem = check(*pair)
    return f"Header {number}: {problem}" if problem else ""


def lines_of(text: str) -> list[str]:
    """Lines as people make them: what Unicode calls one besides stays in its line, to be refused there."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def header_lines(text: str, check: HeaderCheck = any_header) -> tuple[tuple[str, str], ...]:
    """Headers typed one per line; raises ValidationError with each line that is none, or that `check` refuses."""
    headers, wrong = [], []
    for number, line in enumerate(lines_of(text), 1):
        if not line.strip():
            continue
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not name:
            why = "nothing stands before its colon" if colon else "it has no colon"
            wrong.append(f"Line {number} is not “Name: value”: {why}. Write both, or take the line out.")
        elif problem := check(name, value):
            wrong.append(f"Line {number}: {problem}")
        headers.append((name, value))
    refuse(wrong)
    return tuple(headers)
