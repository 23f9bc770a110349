"""Where base64 may begin as text: a pattern for one walk, where most runs of its letters are words, ids and keys.

A run is looked at by its first twelve bytes (RFC 4648 sections 4 and 5; RFC 3629): the pattern takes each that begin as
text, and few others. It finds a whole run, and a part of one behind a slash.
"""

from collections import defaultdict
from functools import cache

CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])  # no text holds them
_WRITTEN = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", r"+\-", "/_")  # each value in its order
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
    classes: dict[str, str] = defaultdict(str)
    for value, written in enumerate(_WRITTEN):
        held, size, after = bits << _SIX | value, width + _SIX, open_
        if size >= _BYTE:
            size -= _BYTE
            after, held = _after(open_, held >> size), held & (1 << size) - 1
        rest = _characters(held, size, after, left - 1) if after else None
        if rest is not None:
            classes[rest] += written
    return "|".join(f"[{written}]{_grouped(rest)}" for rest, written in classes.items()) or None


def _grouped(pattern: str) -> str:
    return f"(?:{pattern})" if "|" in pattern else pattern


def _text_begun() -> str:
    """The first group exactly; of each other one only what no text has is left out."""
    first, other = (_grouped(_characters(0, 0, open_, _GROUP) or "") for open_ in (_BETWEEN, _ANYWHERE))
    return first + other * (_GROUPS - 1)


_WHOLE = _text_begun()
_PART = _WHOLE.replace("/_", "_")
BEGUN = rf"(?:^|[^A-Za-z0-9+/_-]){_WHOLE}|/{_PART}"
