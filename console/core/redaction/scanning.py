"""Where a text may hold an encoding, found at the speed of bytes.

A text is mapped to a few classes of characters; whether a run of one class is in it is then one search for a
constant, and most texts hold none. Only where one may be is the text taken apart.
"""

import re
from collections.abc import Iterable

from console.core.redaction.needles import skeleton

LEAST_64, LEAST_32 = 14, 16  # characters of a run
_LEAST_HEX, _LEAST_CODES, _LEAST_ZONE = 16, 8, 15
_DIGITS_OF_BASE32 = 64  # of so many characters at least one is a digit; in words without blanks none is
_DIGITS = b"0123456789"
_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALNUM = _DIGITS + _UPPER + _UPPER.lower()
_HEXISH = b"0123456789abcdefABCDEF\xff"
# An x that may be that of 0x41 is marked by a byte that no ASCII text has.
_MARKS = ((b"0x", b"0\xff"), (b"0X", b"0\xff"), (b"x0", b"\xff0"), (b"X0", b"\xff0"))
_ODD_BLANKS = re.compile("[\0\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]++")
_BLANK_BYTES = bytes(code for code in range(128) if chr(code).isspace() or not code)


def _table(classes: dict[bytes, bytes], other: bytes) -> bytes:
    """A table for `translate`: the characters of each class become its one byte, or those beside them."""
    table = bytearray(other * 256)
    for characters, become in classes.items():
        for code, to in zip(characters, become * len(characters) if len(become) == 1 else become, strict=True):
            table[code] = to
    return bytes(table)


_IN_64 = _table({_ALNUM + b"+/-_": b"1"}, b"0")
_IN_UPPER, _IN_LOWER = (_table({one + b"234567": b"1"}, b"0") for one in (_UPPER, _UPPER.lower()))
_STANDARD_64, _STANDARD_32 = bytes.maketrans(b"-_", b"+/"), bytes(range(256)).upper()
_IN_HEX, _IN_CODES = _table({_HEXISH: b"1"}, b"0"), _table({_DIGITS: b"1"}, b"0")
# A zone is what stands between letters that are none of hex. Of its other characters only blanks and dots count.
_IN_ZONE = _table({_ALNUM: b"0", _HEXISH: b"1"}, b"1")
_ZONES = _table({_HEXISH: _HEXISH[:-1] + b"x", _BLANK_BYTES: b"_", b".": b"."}, b",")
_BETWEEN = b"_.,"  # the characters of a zone that are no letters and digits
_QUOTES = _table({_ALNUM: b"a", b"\"'": b"q", b"\\": b"b"}, b"0")


def close_up(text: str) -> str:
    """The text without its blanks, and without what is as invisible."""
    text = "".join(text.split())
    return text.replace("\0", "") if text.isascii() else _ODD_BLANKS.sub("", text)


class Scan:
    """What one text may hold: `base64`, `base32` and `base32_closed` are runs, in the alphabet of the standard;
    `hexes` and `codes` are zones that may hold some. `may_spell`: whether it may be spelled out, and whether backwards.

    `is_closed`: the text stands for itself without its blanks as well.
    """

    __slots__ = (
        "base32",
        "base32_closed",
        "base64",
        "bones",
        "close",
        "codes",
        "hexes",
        "is_closed",
        "may_spell",
        "text",
    )

    def __init__(self, text: str, *, is_closed: bool = False) -> None:
        self.text, self.is_closed = text, is_closed
        self.close = close_up(text)
        self.bones = skeleton(text)
        raws = [one.encode("ascii", "replace") for one in dict.fromkeys((text, self.close))]
        self.base64 = list(dict.fromkeys(run for raw in raws for run in runs_64(standard_64(raw), LEAST_64)))
        self.base32 = _base32(raws[0])
        self.base32_closed = [run for raw in raws[1:] for run in _base32(raw) if is_closed or _has_digits(run)]
        zones = self._zones(raws)
        self.hexes = [_joined(zone for zone in one if _is_hex(zone)) for one in zones]
        self.codes = [_joined(zone for zone in one if _is_codes(zone)) for one in zones]
        quotes = raws[0].translate(_QUOTES)
        may_both = any(b"qaq" in raw.translate(_QUOTES) for raw in raws)
        self.may_spell = (may_both or b"qb" in quotes, may_both or b"bq" in quotes)

    @property
    def stands_for_itself(self) -> bool:
        """Whether it can be read in no other way, nor backwards: it holds nothing to decode or unescape."""
        runs = self.base64 or self.base32 or self.base32_closed or any(self.hexes) or any(self.codes)
        return not (runs or any(self.may_spell) or "%" in self.text or "&" in self.text or "\\" in self.text)

    def backwards(self) -> "Scan":
        """Of the text read backwards, without looking through it again."""
        turned = object.__new__(Scan)
        turned.text, turned.close, turned.bones = self.text[::-1], self.close[::-1], self.bones[::-1]
        turned.is_closed, turned.may_spell = self.is_closed, self.may_spell[::-1]
        turned.base64, turned.base32, turned.base32_closed = (
            [run[::-1] for run in runs] for runs in (self.base64, self.base32, self.base32_closed)
        )
        turned.hexes, turned.codes = ([zones[::-1] for zones in several] for several in (self.hexes, self.codes))
        return turned

    def _zones(self, raws: list[bytes]) -> list[list[bytes]]:
        """Of the text, and of the text without blanks."""
        may_be_hex = b"1" * _LEAST_HEX in _marked(self.bones).translate(_IN_HEX)
        if not may_be_hex and b"1" * _LEAST_CODES not in self.bones.translate(_IN_CODES):
            return []
        if not self.text.isascii() or b"x" in self.bones:  # a blank may be no ASCII, or stand before an x
            return [_zones_of(raw) for raw in raws]
        zones = _zones_of(raws[0])
        return [zones, [zone.replace(b"_", b"") for zone in zones]] if len(raws) > 1 else [zones]


def runs_64(raw: bytes, least: int) -> list[bytes]:
    """Runs of base64 of either alphabet, as they are written."""
    return _runs(raw, _IN_64, least, raw)


def standard_64(raw: bytes) -> bytes:
    """In the alphabet of the standard."""
    return raw.translate(_STANDARD_64)


def _runs(raw: bytes, within: bytes, least: int, shown: bytes) -> list[bytes]:
    """What is `shown` where a run of characters of one class is: each as long as it can be, and of so many at least.

    What stands there again is given once: of a long list every name does, and many values.
    """
    classes, wanted = raw.translate(within), b"1" * least
    found: dict[bytes, None] = {}
    start = classes.find(wanted)
    while start >= 0:
        end = classes.find(b"0", start + least)
        end = end if end >= 0 else len(raw)
        found[shown[start:end]] = None
        start = classes.find(wanted, end)
    return list(found)


def _base32(raw: bytes) -> list[bytes]:
    shown = raw.translate(_STANDARD_32)
    return [*_runs(raw, _IN_UPPER, LEAST_32, shown), *_runs(raw, _IN_LOWER, LEAST_32, shown)]


def _has_digits(run: bytes) -> bool:
    return (len(run) - len(run.translate(None, _DIGITS))) * _DIGITS_OF_BASE32 >= len(run)


def _zones_of(raw: bytes) -> list[bytes]:
    marked = _marked(raw)
    return _runs(marked, _IN_ZONE, _LEAST_ZONE, marked.translate(_ZONES))


def _is_hex(zone: bytes) -> bool:
    return len(zone.translate(None, _BETWEEN)) >= _LEAST_HEX


def _is_codes(zone: bytes) -> bool:
    return b"1" * _LEAST_CODES in zone.translate(_IN_CODES, _BETWEEN)


def _joined(zones: Iterable[bytes]) -> bytes:
    """A letter that is none of hex stands between them."""
    return b"g".join(zones)


def _marked(raw: bytes) -> bytes:
    """Each x that stands beside a 0 marked: read forwards or backwards, it may be that of a hex number."""
    for plain, marked in _MARKS:
        raw = raw.replace(plain, marked)
    return raw
