"""The key ring of the vault: named 256-bit keys, the first of which seals while all of them open.

A key that was taken out of use may stay as `audit-only:<id>:<base64>`: it verifies old entries of the audit trail, and
neither seals nor opens anything.
"""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass

from console.core.credential import Secret

KEY_BYTES = 32
AUDIT_ONLY = "audit-only:"
_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`entries` are (id, base64 of the key), newest first; `audit_only` likewise."""

    entries: tuple[tuple[str, Secret], ...]
    audit_only: tuple[tuple[str, Secret], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(key_id for key_id, _ in self.entries)

    @property
    def first(self) -> str:
        return self.entries[0][0]

    @property
    def audit_ids(self) -> tuple[str, ...]:
        """The keys that verify the audit trail, newest first."""
        return (*self.ids, *(key_id for key_id, _ in self.audit_only))

    def key(self, key_id: str) -> bytes:
        """The 32 bytes of a key that is in `ids`."""
        return b64decode(dict(self.entries)[key_id].reveal())

    def audit_key(self, key_id: str) -> bytes:
        """The 32 bytes of a key that is in `audit_ids`."""
        return b64decode(dict((*self.entries, *self.audit_only))[key_id].reveal())

    def only(self, key_id: str) -> "KeyRing":
        """A ring of that one key."""
        return KeyRing(((key_id, dict(self.entries)[key_id]),))


@dataclass(frozen=True, slots=True)
class KeyRingProblem:
    """Why a text is no key ring: one sentence without any part of a key."""

    what: str


def parse_key_ring(text: str) -> KeyRing | KeyRingProblem:
    """Reads `k2:<32 bytes base64>,audit-only:k1:<...>`; entries are separated by commas or line breaks."""
    pieces = [piece.strip() for piece in text.replace("\n", ",").split(",") if piece.strip()]
    entries: list[tuple[str, Secret]] = []
    audit_only: list[tuple[str, Secret]] = []
    for position, piece in enumerate(pieces, start=1):
        key_id, _, encoded = piece.removeprefix(AUDIT_ONLY).partition(":")
        if not _ID.fullmatch(key_id) or not encoded:
            return KeyRingProblem(f"Entry {position} of the key ring is not of the form id:base64.")
        if not _is_key(encoded):
            return KeyRingProblem(f"Key {key_id} of the key ring is not {KEY_BYTES} bytes in base64.")
        if key_id in (known for known, _ in (*entries, *audit_only)):
            return KeyRingProblem(f"Key id {key_id} stands twice in the key ring.")
        (audit_only if piece.startswith(AUDIT_ONLY) else entries).append((key_id, Secret(encoded)))
    if not entries:
        return KeyRingProblem("The key ring holds no key that seals." if audit_only else "The key ring is empty.")
    return KeyRing(tuple(entries), tuple(audit_only))


def _is_key(encoded: str) -> bool:
    try:
        return len(b64decode(encoded, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
