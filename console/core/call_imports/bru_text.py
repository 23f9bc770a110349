"""The language of .bru files: blocks in braces, of pairs or of plain text that is indented by two blanks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from console.core.openapi.problems import Problems

MAX_BLOCKS = 100
MAX_PAIRS = 500
_START = re.compile(r"([a-z][A-Za-z0-9:_-]{0,60}) ([{\[])[ \t]*")
_PAIR = re.compile(r"(\"(?:[^\"\\\n]|\\.){0,500}\"|[^\s:\"][^:\n]{0,500}|):[ \t]*(.*)")
_OF_TEXT = ("body", "script", "tests", "docs")
_OF_PAIRS = ("body:form-urlencoded", "body:multipart-form", "body:file")
_LONG = "'''"


@dataclass(frozen=True, slots=True)
class Block:
    """`pairs` are those that are switched on; `text` is what stands in the block, without its indentation."""

    pairs: tuple[tuple[str, str], ...] = ()
    text: str = ""


def read_blocks(text: str, problems: Problems) -> dict[str, Block]:
    """The blocks by their names, each the first of its name."""
    found: dict[str, Block] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines) and len(found) < MAX_BLOCKS:
        start = _START.fullmatch(lines[at])
        if start is None:
            at += 1
            continue
        end = _end(lines, at + 1, "}" if start[2] == "{" else "]")
        if end is None:
            problems.tell(f"The block {start[1]} is not closed by a brace at the start of a line.", at + 1)
            end = len(lines)
        found.setdefault(start[1], _block(start[1], lines[at + 1 : end]))
        at = end + 1
    return found


def _end(lines: list[str], at: int, closing: str) -> int | None:
    return next((number for number in range(at, len(lines)) if lines[number].rstrip() == closing), None)


def _block(name: str, lines: list[str]) -> Block:
    is_text = name.partition(":")[0] in _OF_TEXT and name not in _OF_PAIRS
    if is_text:
        return Block(text="\n".join(line[2:] if line.startswith("  ") else line for line in lines))
    return Block(pairs=tuple(_pairs(lines))[:MAX_PAIRS])


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """A value on several lines stands between three quotation marks; ~ before a name switches it off."""
    left = iter(lines)
    for line in left:
        pair = line.strip()
        is_off = pair.startswith("~")
        found = _PAIR.fullmatch(pair.removeprefix("~"))
        if found is None:
            continue
        value = found[2].strip()
        if value.startswith(_LONG):
            value = _long(value.removeprefix(_LONG), left)
        if not is_off:
            yield _name(found[1].strip()), value


def _long(first: str, left: Iterator[str]) -> str:
    lines = [] if not first.strip() else [first]
    if first.rstrip().endswith(_LONG) and first.strip():
        return first.strip().removesuffix(_LONG)
    for line in left:
        if _LONG in line:
            lines += [line.partition(_LONG)[0]] if line.partition(_LONG)[0].strip() else []
            break
        lines.append(line[4:] if line.startswith("    ") else line)
    return "\n".join(lines)


def _name(text: str) -> str:
    """Quotation marks stand around a name that holds a colon or a blank."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"')
    return text
