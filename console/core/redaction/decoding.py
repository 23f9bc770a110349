"""Runs of base64, base32 and hex, decoded many at once: one call of a decoder costs less than one for each run.

Each run is decoded from every position that a neighbour may have shifted it to. The runs are put together with
something between them that no pattern takes for a part of a run, so what comes out can be taken apart again.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

BETWEEN = b"\x01z\x01"  # no blank, no digit, and a letter that is none of hex: every run ends at it


@dataclass(frozen=True, slots=True)
class Encoding:
    """`group` characters stand for `size` bytes. `alphabet` are the characters in the order of their values.

    `decode` takes whole groups only; `between` is what it makes `between_encoded` of.
    """

    alphabet: bytes
    group: int
    size: int
    between: bytes
    between_encoded: bytes
    decode: Callable[[bytes], bytes]

    def decoded(self, runs: list[bytes], start: int) -> list[bytes]:
        """What stands in each run from that position on, with what fills its last group up: bytes of value 0."""
        raw = self.decode(self.between_encoded.join([self._filled(run[start:]) for run in runs]))
        found = raw.split(self.between)
        if len(found) == len(runs):
            return found
        return [self.decode(self._filled(run[start:])) for run in runs]  # one of them holds what stands between

    def padding(self, characters: int) -> int:
        """How many bytes `decoded` has added at the end of what so many characters stand for."""
        return -(characters * self._bits // 8) % self.size

    def _filled(self, part: bytes) -> bytes:
        """Whole groups: characters too few for a byte are left out at the end, and bits too few are 0."""
        rest = len(part) % self.group
        if not rest:
            return part
        if rest * self._bits % 8 >= self._bits:  # the last character adds no byte
            part, rest = part[:-1], rest - 1
            if not rest:
                return part
        spare = rest * self._bits % 8
        if spare:
            value = self.alphabet.index(part[-1]) >> spare << spare
            part = part[:-1] + self.alphabet[value : value + 1]
        return part + self.alphabet[:1] * (self.group - rest)

    @property
    def _bits(self) -> int:
        return self.size * 8 // self.group


_DIGITS = b"0123456789abcdefghijklmnopqrstuv"  # as `int` reads them
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_DIGITS = bytes.maketrans(_LETTERS + b"234567", _DIGITS)


def _of_base32(text: bytes) -> bytes:
    """As base64.b32decode of whole groups, which works in Python for each of them."""
    return int(text.translate(_TO_DIGITS), 32).to_bytes(len(text) // 8 * 5, "big") if text else b""


BASE64 = Encoding(
    _LETTERS + _LETTERS.lower() + b"0123456789+/", 4, 3, BETWEEN, base64.b64encode(BETWEEN), binascii.a2b_base64
)
_WIDE = b"\x01" + BETWEEN + b"\x01"
BASE32 = Encoding(_LETTERS + b"234567", 8, 5, _WIDE, base64.b32encode(_WIDE), _of_base32)
HEX = Encoding(_DIGITS[:16], 2, 1, BETWEEN, BETWEEN.hex().encode(), binascii.unhexlify)
