"""Secrets at rest: AES-256-GCM, bound to the row and column they stand in, and to plain columns beside them.

A sealed value is `<format>.<key id>.<base64url of nonce 12, ciphertext, tag 16>`. The associated data names format, key
and row, so that a value copied to another row, or changed in one bit, does not open. Format v2 also names what stands
`beside` it: where a secret may go cannot be changed without it. Values from before are v1; they open until they are
written again or `rotate_keys` seals them anew. A v2 value called v1 does not open: its associated data is another.

Each key of the ring also sealed a canary when it was first used. A ring that does not open them belongs to another
database: it seals nothing, because that would overwrite what only the true one opens.
"""

import hashlib
import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from console.core.errors import Misconfigured
from console.models import KeyCanary
from console.store import statements
from console.store.key_ring import KeyRing, KeyRingProblem, parse_key_ring

_NONCE_BYTES = 12
_CANARY = b"canary"
_CANARIES = f"SELECT key_id, sealed FROM {statements.table(KeyCanary)}"  # noqa: S608 (the name of a table)
PLAIN, BOUND = "v1", "v2"

Beside = tuple[str | int | None, ...]


def seal(plaintext: bytes, *, row: str, beside: Beside = (), ring: KeyRing | None = None) -> str:
    """The sealed value for that row ("profile|<uuid>|client_secret") and what stands beside it, under the first key."""
    if ring is None:
        require_own_ring()
    keys = ring or key_ring()
    nonce, form = os.urandom(_NONCE_BYTES), format_for(beside)
    sealed = AESGCM(keys.key(keys.first)).encrypt(nonce, plaintext, _bound(form, keys.first, row, beside))
    return f"{form}.{keys.first}.{urlsafe_b64encode(nonce + sealed).decode()}"


def open_sealed(value: str, *, row: str, beside: Beside = (), ring: KeyRing | None = None) -> bytes:
    """What was sealed for that row; raises Misconfigured when it does not open, never gives the raw text."""
    keys = ring or key_ring()
    key_id = key_id_of(value)
    if key_id not in keys.ids:
        raise _unreadable(f"It was sealed with key {key_id or '?'}, and the key ring holds {', '.join(keys.ids)}.")
    try:
        form, _, encoded = value.split(".", 2)
        raw = urlsafe_b64decode(encoded)
        bound = _bound(form, key_id, row, beside)
        return AESGCM(keys.key(key_id)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        why = f"Key {key_id} does not open it: the value, or what it belongs to, was changed or moved, or the key was."
        raise _unreadable(why) from None


def key_id_of(value: str) -> str:
    """The id of the key a value is sealed with; "" when it is no sealed value."""
    parts = value.split(".")
    return parts[1] if len(parts) == 3 and parts[0] in (PLAIN, BOUND) else ""


def format_for(beside: Beside) -> str:
    """The format that a value with this beside it is written in."""
    return BOUND if beside else PLAIN


def key_ring() -> KeyRing:
    """The deployment's key ring, read once; raises Misconfigured when it is missing or does not parse."""
    return _read(settings.CONSOLE_SECRET_KEYS, settings.CONSOLE_SECRET_KEYS_FILE)


def begin_canaries(canaries: Any = KeyCanary) -> None:
    """A canary for each key; the migration that makes the table passes the model of its time."""
    for key_id in key_ring().ids:
        canaries(key_id=key_id, sealed=_sealed_canary(key_id)).save(force_insert=True)


def ring_problem() -> str:
    """Why the key ring is not this database's, as one sentence; "" when it is."""
    return _ring_problem(_canaries())


def require_own_ring() -> None:
    """Raises Misconfigured with another database's key ring; a new first key gets its canary here."""
    kept = _canaries()
    if why := _ring_problem(kept):
        raise Misconfigured(
            "Nothing was kept: the key ring is not the one of this database.",
            why=why,
            do="Restore the key ring that belongs to this database, restart, then do it again.",
            who="The console's administrator can do this.",
        )
    first = key_ring().first
    if first not in kept:
        KeyCanary.objects.get_or_create(key_id=first, defaults={"sealed": _sealed_canary(first)})


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


def _canaries() -> dict[str, str]:
    return dict(statements.asked(_CANARIES))


def _ring_problem(kept: dict[str, str]) -> str:
    ring = key_ring()
    wrong = [key_id for key_id in ring.ids if key_id in kept and not _opens_canary(key_id, kept[key_id])]
    if wrong:
        return f"Key {wrong[0]} of the key ring is not the key that this database knows under that name."
    if not any(key_id in kept for key_id in ring.ids):
        known = ", ".join(sorted(kept)) or "none"
        return f"The key ring holds {', '.join(ring.ids)}, and this database was sealed with {known}."
    return ""


def _sealed_canary(key_id: str) -> str:
    return seal(_CANARY, row=f"canary|{key_id}", ring=key_ring().only(key_id))


def _opens_canary(key_id: str, sealed: str) -> bool:
    try:
        return open_sealed(sealed, row=f"canary|{key_id}") == _CANARY
    except Misconfigured:
        return False


def _bound(form: str, key_id: str, row: str, beside: Beside) -> bytes:
    if form == PLAIN:
        return f"v1|{key_id}|{row}".encode()
    return json.dumps([form, key_id, row, *beside]).encode()  # ASCII, and every border is marked


def _unreadable(why: str) -> Misconfigured:
    return Misconfigured(
        "A stored secret cannot be read.",
        why=why,
        do="Restore the key ring that belongs to this database, or enter the secret again.",
        who="The console's administrator can restore the key ring; the profile's owner can enter the secret again.",
    )
