"""What each line is because of the lines beside it: comments, literals in source code, nested settings."""

import re
from itertools import pairwise

from console.core.paste.speech.code import MAX_LINE, LineKind, kind_of

_SHARE = 0.5  # of the lines of a block that are surely code
_KEY = re.compile(r"\s*(?:- )?[\w./-]{1,80}:(?:\s.*)?$")
_OUTCOME = re.compile(
    r"error|exception|message|status|reason|fault|www-authenticate|date:|content-type|server:", re.IGNORECASE
)
_SURELY = ("//", "/*", "<!--")


def kinds_of(lines: list[str]) -> list[LineKind]:
    """One kind a line. A block is a run of lines without an empty one; a comment that stands by itself is none."""
    known: dict[str, LineKind] = {}
    kinds = [known[line] if line in known else known.setdefault(line, kind_of(line)) for line in lines]
    start = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or not lines[number].strip():
            kinds[start:number] = _of_block(lines[start:number], kinds[start:number])
            start = number + 1
    return kinds


def _of_block(block: list[str], kinds: list[LineKind]) -> list[LineKind]:
    if LineKind.OUTPUT not in kinds and max(map(len, block), default=0) <= MAX_LINE:
        sure = kinds.count(LineKind.CODE)
        if (sure > 1 and sure >= _SHARE * len(block)) or _is_nested(block):
            return [LineKind.CODE] * len(block)
    is_beside = LineKind.CODE in kinds or LineKind.SETTING in kinds
    return [
        LineKind.PLAIN if kind is LineKind.COMMENT and not (is_beside or line.lstrip().startswith(_SURELY)) else kind
        for line, kind in zip(block, kinds, strict=True)
    ]


def _is_nested(block: list[str]) -> bool:
    """Whether a block is settings in YAML: names with values, some a level below a name, none that tells an outcome."""
    if len(block) < 3 or not all(map(_KEY.match, block)) or any(map(_OUTCOME.search, block)):
        return False
    return any(
        name.rstrip().endswith(":") and len(below) - len(below.lstrip()) > len(name) - len(name.lstrip())
        for name, below in pairwise(block)
    )
