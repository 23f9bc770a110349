"""Lines of pairs (logfmt): `time=… level=error msg="token expired" status=401`, with or without words before them."""

import re
from collections.abc import Iterator, Mapping, Sequence

_PAIR = re.compile(r'(?<![\w.@/=?&-])([A-Za-z_@][\w.@/-]{0,60}+)=("(?:[^"\\]|\\.)*+"|[^\s",;]*+)')
_LEAST = 2  # pairs of a line that is made of them
_ESCAPED = re.compile(r'\\(["\\n])')
_MOST = 100  # pairs of one line


def pairs_of(line: str) -> Iterator[tuple[str, str]]:
    """Names and values in order; a value in quotes is unescaped, an empty one is left out."""
    for number, found in enumerate(_PAIR.finditer(line)):
        if number >= _MOST:
            return
        value = found[2]
        if value[:1] == '"':
            value = _ESCAPED.sub(lambda one: "\n" if one[1] == "n" else one[1], value[1:-1])
        if value and value != "-":
            yield found[1], value


def read_pairs(line: str) -> Mapping[str, str] | None:
    """The columns of a line of pairs; what stands before the first is its `prefix`. None for another line."""
    found = dict(pairs_of(line))
    if len(found) < _LEAST:
        return None
    first = _PAIR.search(line)
    prefix = line[: first.start()].strip() if first else ""
    return {"prefix": prefix, **found} if prefix else found


def are_pairs(lines: Sequence[str]) -> bool:
    """Whether most of these lines are pairs, and little else."""
    count = 0
    for line in lines:
        covered = sum(found.end() - found.start() + 1 for found in _PAIR.finditer(line))
        count += len(line) < 2 * covered and read_pairs(line) is not None
    return count * 2 > len(lines)
