"""Runs of base64, base32 and hex, decoded many at once: one call of a decoder costs less than one for each run.

Each run is decoded from every position that a neighbour may have shifted it to. The runs are put together with
something between them that no pattern takes for a part of a run, so what comes out can be taken apart again.
"""

import base64
import binascii
from collections.abc import Callable, Iterable

BETWEEN = b"\x01z\x01"  # no blank, no digit, and a letter that is none of hex: every run ends at it


class Encoding:
    """`group` characters stand for `size` bytes. `alphabet` are the characters in the order of their values.

    `decode` takes whole groups only, and makes `between` of `between_encoded`.
    """

    __slots__ = ("_between", "_between_encoded", "_bits", "_decode", "_ends", "group", "size")

    def __init__(
        self, alphabet: bytes, group: int, size: int, *, between: tuple[bytes, bytes], decode: Callable[[bytes], bytes]
    ) -> None:
        self.group, self.size, self._decode = group, size, decode
        self._between, self._between_encoded = between
        self._bits = size * 8 // group
        self._ends = [(0, dict[int, bytes]()), *(self._end(alphabet, rest) for rest in range(1, group))]

    def grouped(self, runs: Iterable[bytes]) -> list[list[bytes]]:
        """As `decoded` wants them: those together that end alike, by how many characters are behind the last group."""
        found: list[list[bytes]] = [[] for _ in range(self.group)]
        for run in runs:
            found[len(run) % self.group].append(run)
        return found

    def decoded(self, groups: list[list[bytes]], start: int) -> list[bytes]:
        """What stands in each run from that position on, with what fills its last group up: bytes of value 0. In the
        order of the groups.
        """
        filled: list[bytes] = []
        for rest, runs in enumerate(groups):
            cut, last = self._ends[(rest - start) % self.group]
            filled += [run[start:-cut] + last[run[-cut]] for run in runs] if cut else [run[start:] for run in runs]
        found = self._decode(self._between_encoded.join(filled)).split(self._between)
        if len(found) == len(filled):
            return found
        return list(map(self._decode, filled))  # one of them holds what stands between

    def padding(self, characters: int) -> int:
        """How many bytes `decoded` has added at the end of what so many characters stand for."""
        return -(characters * self._bits // 8) % self.size

    def _end(self, alphabet: bytes, rest: int) -> tuple[int, dict[int, bytes]]:
        """Of so many characters behind the last whole group: how many are replaced, and by what, for the first of
        those. Characters too few for a byte are left out, and bits too few are 0.
        """
        cut = 1
        if rest * self._bits % 8 >= self._bits:  # the last character adds no byte
            cut, rest = 2, rest - 1
        if not rest:
            return 1, dict.fromkeys(alphabet, b"")
        spare, fill = rest * self._bits % 8, alphabet[:1] * (self.group - rest)
        values = {code: value >> spare << spare for value, code in enumerate(alphabet)}
        return cut, {code: alphabet[value : value + 1] + fill for code, value in values.items()}


_DIGITS = b"0123456789abcdefghijklmnopqrstuv"  # as `int` reads them
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_DIGITS = bytes.maketrans(_LETTERS + b"234567", _DIGITS)


def _of_base32(text: bytes) -> bytes:
    """As base64.b32decode of whole groups, which works in Python for each of them."""
    return int(text.translate(_TO_DIGITS), 32).to_bytes(len(text) // 8 * 5, "big") if text else b""


_WIDE = b"\x01" + BETWEEN + b"\x01"
BASE64 = Encoding(
    _LETTERS + _LETTERS.lower() + b"0123456789+/",
    *(4, 3),
    between=(BETWEEN, base64.b64encode(BETWEEN)),
    decode=binascii.a2b_base64,
)
BASE32 = Encoding(_LETTERS + b"234567", 8, 5, between=(_WIDE, base64.b32encode(_WIDE)), decode=_of_base32)
HEX = Encoding(_DIGITS[:16], 2, 1, between=(BETWEEN, BETWEEN.hex().encode()), decode=binascii.unhexlify)
