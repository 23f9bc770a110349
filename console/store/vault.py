"""Secrets at rest: AES-256-GCM, bound to the row and column they stand in.

A sealed value is `v1.<key id>.<base64url of nonce 12, ciphertext, tag 16>`. The associated data names format, key and
row, so that a value copied to another row, or changed in one bit, does not open.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from console.core.errors import Misconfigured
from console.core.key_ring import KeyRing, KeyRingProblem, parse_key_ring

_NONCE_BYTES = 12


def seal(plaintext: bytes, *, row: str, ring: KeyRing | None = None) -> str:
    """The sealed value for that row ("profile|<uuid>|client_secret"), under the ring's first key."""
    keys = ring or key_ring()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(keys.key(keys.first)).encrypt(nonce, plaintext, _bound(keys.first, row))
    return f"v1.{keys.first}.{urlsafe_b64encode(nonce + sealed).decode()}"


def open_sealed(value: str, *, row: str, ring: KeyRing | None = None) -> bytes:
    """What was sealed for that row; raises Misconfigured when it does not open, never gives the raw text."""
    keys = ring or key_ring()
    key_id = key_id_of(value)
    if key_id not in keys.ids:
        raise _unreadable(f"It was sealed with key {key_id or '?'}, and the key ring holds {', '.join(keys.ids)}.")
    try:
        raw = urlsafe_b64decode(value.split(".", 2)[2])
        return AESGCM(keys.key(key_id)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(key_id, row))
    except (InvalidTag, ValueError):
        raise _unreadable(f"Key {key_id} does not open it: the value was changed or moved, or the key was.") from None


def key_id_of(value: str) -> str:
    """The id of the key a value is sealed with; "" when it is no sealed value."""
    parts = value.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == "v1" else ""


def key_ring() -> KeyRing:
    """The deployment's key ring, read once; raises Misconfigured when it is missing or does not parse."""
    return _read(settings.CONSOLE_SECRET_KEYS, settings.CONSOLE_SECRET_KEYS_FILE)


def pseudonym_key() -> bytes:
    """A key for pseudonyms in shared cases: stable while the ring's first key stays first."""
    keys = key_ring()
    return hmac.new(keys.key(keys.first), b"pseudonyms", hashlib.sha256).digest()


def mac(text: str, *, purpose: bytes) -> str:
    """`<key id>.<hex>`: what may stand in the database in place of a token. Only who holds the ring can make one."""
    ring = key_ring()
    return _mac(text, ring.first, purpose)


def macs(text: str, *, purpose: bytes) -> tuple[str, ...]:
    """The same under each key of the ring, to find what was kept before a rotation."""
    return tuple(_mac(text, key_id, purpose) for key_id in key_ring().ids)


def _mac(text: str, key_id: str, purpose: bytes) -> str:
    key = hmac.digest(key_ring().key(key_id), b"mac|" + purpose, "sha256")
    return f"{key_id}.{hmac.new(key, text.encode('utf-8', 'surrogatepass'), hashlib.sha256).hexdigest()}"


@lru_cache(maxsize=4)
def _read(text: str, path: str) -> KeyRing:
    try:
        ring = parse_key_ring(text or Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        ring = KeyRingProblem("The key ring file cannot be read.")
    if isinstance(ring, KeyRingProblem):
        raise Misconfigured(
            "The console has no usable key ring, so it can neither keep nor open a secret.",
            why=ring.what,
            do="Set CONSOLE_SECRET_KEYS_FILE to the key ring of this installation and restart.",
            who="The console's administrator can do this.",
        )
    return ring


def _bound(key_id: str, row: str) -> bytes:
    return f"v1|{key_id}|{row}".encode()


def _unreadable(why: str) -> Misconfigured:
    return Misconfigured(
        "A stored secret cannot be read.",
        why=why,
        do="Restore the key ring that belongs to this database, or enter the secret again.",
        who="The console's administrator can restore the key ring; the profile's owner can enter the secret again.",
    )
