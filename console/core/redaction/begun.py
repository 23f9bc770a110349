"""Where base64 may begin as text: a pattern for one walk, where most runs of its letters are words, ids and keys.

A run is looked at by its first twelve bytes (RFC 4648 sections 4 and 5; RFC 3629): the pattern takes each that begin as
text, and few others. It finds a whole run, and a part of one behind a slash.
"""

from bisect import bisect
from collections import defaultdict
from functools import cache
from itertools import groupby

CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])  # no text holds them
_WRITTEN = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", r"+\-", "/_")  # each value in its order
_BLOCKS = (26, 52, 62, 63)  # values at which other characters begin
_BYTE, _SIX = 8, 6  # bits
_GROUP, _GROUPS = 4, 4  # characters of a group, and the groups that are looked at
_BETWEEN, _ANYWHERE = frozenset({0}), frozenset(range(4))  # bytes that are still to come of a character


def _after(open_: frozenset[int], byte: int) -> frozenset[int]:
    """How many bytes of a character may be still to come after this one; empty where it is no text."""
    if 0x80 <= byte < 0xC0:
        return frozenset(more - 1 for more in open_ if more)
    if 0 not in open_ or byte in CONTROLS or byte in (0xC0, 0xC1) or byte > 0xF4:
        return frozenset()
    return frozenset({0 if byte < 0x80 else 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3})


@cache
def _characters(bits: int, width: int, open_: frozenset[int], left: int) -> str | None:
    """What so many characters more may be, `width` bits of a byte being there; None where nothing may."""
    if not left:
        return ""
    classes: dict[str, list[int]] = defaultdict(list)
    for value in range(1 << _SIX):
        held, size, after = bits << _SIX | value, width + _SIX, open_
        if size >= _BYTE:
            size -= _BYTE
            after, held = _after(open_, held >> size), held & (1 << size) - 1
        rest = _characters(held, size, after, left - 1) if after else None
        if rest is not None:
            classes[rest].append(value)
    return "|".join(_class(values) + _grouped(rest) for rest, values in classes.items()) or None


def _class(values: list[int]) -> str:
    """The characters of those values, in ranges."""
    ranges = groupby(enumerate(values), lambda one: (one[1] - one[0], bisect(_BLOCKS, one[1])))
    runs = ([_WRITTEN[value] for _, value in several] for _, several in ranges)
    return f"[{''.join(run[0] if len(run) == 1 else f'{run[0]}-{run[-1]}' for run in runs)}]"


def _grouped(pattern: str) -> str:
    return f"(?:{pattern})" if "|" in pattern else pattern


@cache
def begun_pattern() -> str:
    """Of RE2, for bytes of ASCII; made when it is first asked for.

    The first group is exact; of each other one only what no text has is left out.
    """
    first, other = (_grouped(_characters(0, 0, open_, _GROUP) or "") for open_ in (_BETWEEN, _ANYWHERE))
    whole = first + other * (_GROUPS - 1)
    part = whole.replace("/_", "_")
    return rf"(?:^|[^A-Za-z0-9+/_-]){whole}|/{part}"
