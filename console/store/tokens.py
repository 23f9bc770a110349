"""Tokens kept for reuse, encrypted. Callers have already checked the actor's right to use the profile."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.core.credential import Secret
from console.core.json.text import visible
from console.core.oauth.token_response import TokenResponse
from console.models import Attempt, StoredToken
from console.store import json_text, leases, rows, statements, vault

_COLUMNS = (
    "profile_id",
    "connection_id",
    "credential_version",
    "grant",
    "token_type",
    "scope",
    "obtained_at",
    "expires_at",
    "sealed",
)
_TABLE = statements.table(StoredToken)
_FIND = f"SELECT {statements.listed(_COLUMNS)} FROM {_TABLE} WHERE key_digest = %s"  # noqa: S608 (names of our own)
_SAVE = f"""
    {statements.insertion(StoredToken, "key_digest", *_COLUMNS)} ON CONFLICT (key_digest) {statements.instead(_COLUMNS)}
"""
_ASKED_SINCE = f"""
    SELECT created_at FROM {statements.table(Attempt)} WHERE profile_id = %s AND kind = 'token' AND created_at > %s
    ORDER BY created_at DESC LIMIT %s
"""  # noqa: S608 (the name of a table)
TOKEN_TYPE_CHARACTERS = 100  # the column's width: a provider may say anything


@dataclass(frozen=True, slots=True)
class TokenKey:
    """What a token belongs to: with another credential, grant, scope or place a new one is asked for.

    `scope` is everything that is asked for, the client's id and settings among it. `place` is where tokens come from,
    told apart by the workspaces of the sandbox. `connection` is the id of the connection whose token it is, so that two
    people who use one profile never get each other's; None for the application's own.
    """

    profile_id: str
    credential_version: int
    grant: str
    scope: str
    place: str = ""
    connection: str | None = None

    @property
    def lease(self) -> str:
        """Who may ask for it: of a connection one at a time, since all its tokens come from one refresh token."""
        return f"connection|{self.connection}" if self.connection else f"token|{self.digest()}"

    def digest(self) -> str:
        parts = (self.profile_id, self.credential_version, self.grant, self.scope, self.place, self.connection)
        return hashlib.sha256(json_text.dump(parts).encode()).hexdigest()


def row_name(digest: str) -> str:
    """What the vault binds a token to."""
    return f"token|{digest}|access_token"


def beside(row: StoredToken) -> vault.Beside:
    """Every plain column beside a token: a changed one keeps it shut."""
    times = (row.obtained_at, row.expires_at)
    return (str(row.profile_id), row.credential_version, row.grant, row.token_type, row.scope, *times)


def find(key: TokenKey) -> TokenResponse | None:
    """The token of that key, also an expired one; None when there is none."""
    found = statements.asked(_FIND, digest := key.digest())
    if not found:
        return None
    row = StoredToken(key_digest=digest, **dict(zip(_COLUMNS, found[0], strict=True)))
    row.profile_id = uuid.UUID(str(row.profile_id))  # SQLite gives a text
    value = vault.open_sealed(row.sealed, row=row_name(row.key_digest), beside=beside(row))
    lifetime = row.expires_at - row.obtained_at if row.expires_at is not None else None
    scope = json_text.load(row.scope, str)
    return TokenResponse(Secret(value.decode()), row.token_type, lifetime, row.obtained_at, scope)


def held(keys: Iterable[TokenKey], *, until: int) -> frozenset[str]:
    """The profile ids of those keys whose token is stored and does not end before `until` (epoch seconds)."""
    wanted = {key.digest(): key.profile_id for key in keys}
    alive = StoredToken.objects.filter(key_digest__in=wanted).exclude(expires_at__lt=until)
    return frozenset(wanted[digest] for digest in alive.values_list("key_digest", flat=True))


def ends_of(keys: Iterable[TokenKey], *, after: int) -> dict[str, int | None]:
    """Until when the stored tokens of these keys live, by profile id; None where nobody said. Those that ended are left
    out.
    """
    wanted = {key.digest(): key.profile_id for key in keys}
    alive = StoredToken.objects.filter(key_digest__in=wanted).exclude(expires_at__lte=after)
    return {wanted[digest]: until for digest, until in alive.values_list("key_digest", "expires_at")}


def save(key: TokenKey, response: TokenResponse) -> None:
    """Keeps the token of a response instead of the one before."""
    digest = key.digest()
    columns: dict[str, Any] = {
        "profile_id": uuid.UUID(key.profile_id),
        "connection_id": uuid.UUID(key.connection) if key.connection else None,
        "credential_version": key.credential_version,
        "grant": key.grant,
        "token_type": visible(response.token_type)[:TOKEN_TYPE_CHARACTERS],
        "scope": json_text.dump(response.scope),
        "obtained_at": response.obtained_at,
        "expires_at": response.expires_at,
    }
    kept = beside(StoredToken(key_digest=digest, **columns))
    columns["sealed"] = vault.seal(response.access_token.reveal().encode(), row=row_name(digest), beside=kept)
    values = (columns[one] for one in _COLUMNS)
    ids = (statements.of_uuid(one) if isinstance(one, uuid.UUID) else one for one in values)
    statements.changed(_SAVE, digest, *ids)


def forget(profile_id: str) -> None:
    """Deletes every token of a profile."""
    StoredToken.objects.filter(profile_id=uuid.UUID(profile_id)).delete()


def forget_one(key: TokenKey) -> None:
    """Deletes the token of that key."""
    StoredToken.objects.filter(key_digest=key.digest()).delete()


def forget_connection(connection_id: str) -> None:
    """Deletes every access token of a connection."""
    StoredToken.objects.filter(connection_id=uuid.UUID(connection_id)).delete()


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` tokens that expired before `now`; gives how many."""
    return rows.delete_some(StoredToken.objects.filter(expires_at__lt=now), limit)


def acquire_lease(key: TokenKey, *, holder: str, now: int, until: int) -> bool:
    """Whether the holder may ask for this token now."""
    return leases.acquire(key.lease, holder=holder, now=now, until=until)


def release_lease(key: TokenKey, *, holder: str) -> bool:
    return leases.release(key.lease, holder=holder)


def is_leased(key: TokenKey, *, now: int) -> bool:
    """Whether somebody asks for this token at this moment."""
    return leases.is_held(key.lease, now=now)


def asked_since(profile_id: str, since: int, *, limit: int) -> list[int]:
    """When a profile's token was asked for after `since`, newest first, at most `limit` moments (epoch seconds)."""
    key = statements.of_uuid(uuid.UUID(profile_id))
    return [at for (at,) in statements.asked(_ASKED_SINCE, key, since, limit)]
