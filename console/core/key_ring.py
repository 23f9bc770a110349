"""The key ring of the vault: named 256-bit keys, the first of which seals while all of them open."""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass

from console.core.credential import Secret

KEY_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`entries` are (id, base64 of the key), first one first."""

    entries: tuple[tuple[str, Secret], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(key_id for key_id, _ in self.entries)

    @property
    def first(self) -> str:
        return self.entries[0][0]

    def key(self, key_id: str) -> bytes:
        """The 32 bytes of a key that is in `ids`."""
        return b64decode(dict(self.entries)[key_id].reveal())


@dataclass(frozen=True, slots=True)
class KeyRingProblem:
    """Why a text is no key ring: one sentence without any part of a key."""

    what: str


def parse_key_ring(text: str) -> KeyRing | KeyRingProblem:
    """Reads `k2:<32 bytes base64>,k1:<...>`; entries are separated by commas or line breaks."""
    pieces = [piece.strip() for piece in text.replace("\n", ",").split(",") if piece.strip()]
    if not pieces:
        return KeyRingProblem("The key ring is empty.")
    entries: list[tuple[str, Secret]] = []
    for position, piece in enumerate(pieces, start=1):
        key_id, _, encoded = piece.partition(":")
        if not _ID.fullmatch(key_id) or not encoded:
            return KeyRingProblem(f"Entry {position} of the key ring is not of the form id:base64.")
        if not _is_key(encoded):
            return KeyRingProblem(f"Key {key_id} of the key ring is not {KEY_BYTES} bytes in base64.")
        if key_id in (known for known, _ in entries):
            return KeyRingProblem(f"Key id {key_id} stands twice in the key ring.")
        entries.append((key_id, Secret(encoded)))
    return KeyRing(tuple(entries))


def _is_key(encoded: str) -> bool:
    try:
        return len(b64decode(encoded, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
