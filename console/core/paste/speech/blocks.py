"""Lines that are source code or settings because of the lines beside them: comments, literals, nested settings."""

import re
from itertools import pairwise

from console.core.paste.speech.code import MAX_LINE, is_code, is_comment, is_output, is_setting

_SHARE = 0.5  # of the lines of a block that are surely code
_KEY = re.compile(r"\s*(?:- )?[\w./-]{1,80}:(?:\s.*)?$")
_OUTCOME = re.compile(
    r"error|exception|message|status|reason|fault|www-authenticate|date:|content-type|server:", re.IGNORECASE
)


def code_blocks(lines: list[str]) -> frozenset[int]:
    """The numbers of those lines. A block is a run of lines without an empty one."""
    found: set[int] = set()
    start = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or not lines[number].strip():
            found |= _of_block(lines, start, number)
            start = number + 1
    return frozenset(found)


def _of_block(lines: list[str], start: int, end: int) -> set[int]:
    block = range(start, end)
    if any(len(lines[number]) > MAX_LINE or is_output(lines[number]) for number in block):
        return set()
    sure = {number for number in block if is_code(lines[number])}
    if len(sure) > 1 and len(sure) >= _SHARE * len(block):
        return set(block)
    if _is_nested(lines[start:end]):
        return set(block)
    comments = {number for number in block if is_comment(lines[number])}
    beside = sure or any(is_setting(lines[number]) for number in block if number not in comments)
    return {number for number in comments if beside or lines[number].lstrip().startswith(("//", "/*", "<!--"))}


def _is_nested(block: list[str]) -> bool:
    """Whether a block is settings in YAML: names with values, some a level below a name, none that tells an outcome."""
    if len(block) < 3 or not all(map(_KEY.match, block)) or any(map(_OUTCOME.search, block)):
        return False
    return any(
        name.rstrip().endswith(":") and len(below) - len(below.lstrip()) > len(name) - len(name.lstrip())
        for name, below in pairwise(block)
    )
