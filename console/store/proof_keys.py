"""Keys to which tokens are bound (RFC 9449), sealed. Callers have checked the actor's right to use the profile."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from console.core.credential import Secret
from console.models import ProofKey
from console.store import json_text, vault


@dataclass(frozen=True, slots=True)
class ProofKeyName:
    """What a key is for. Another destination or algorithm has another key, so that no two servers see the same one;
    `connection` is None for the application's own tokens.
    """

    profile_id: str
    connection: str | None
    destination: str
    alg: str

    def digest(self) -> str:
        parts = (self.profile_id, self.connection, self.destination, self.alg)
        return hashlib.sha256(json_text.dump(parts).encode()).hexdigest()


def row_name(digest: str) -> str:
    """What the vault binds a key to."""
    return f"proof key|{digest}"


def find(name: ProofKeyName) -> Secret | None:
    """The private key in PEM; None when none was made. Raises Misconfigured when the key ring does not open it."""
    digest = name.digest()
    row = ProofKey.objects.filter(digest=digest).first()
    return Secret(vault.open_sealed(row.sealed, row=row_name(digest)).decode()) if row is not None else None


def find_or_keep(name: ProofKeyName, make: Callable[[], Secret]) -> Secret:
    """The private key in PEM; the first of two that are made at once is the one that is kept."""
    if (kept := find(name)) is not None:
        return kept
    digest, made = name.digest(), make()
    row = ProofKey(
        digest=digest,
        profile_id=uuid.UUID(name.profile_id),
        connection_id=uuid.UUID(name.connection) if name.connection else None,
        sealed=vault.seal(made.reveal().encode(), row=row_name(digest)),
    )
    ProofKey.objects.bulk_create([row], ignore_conflicts=True)
    return find(name) or made
