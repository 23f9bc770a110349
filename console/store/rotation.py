"""Key rotation: every sealed value under the ring's first key, one compare-and-set at a time.

Killed at any point, each row is readable: it holds either the old value or the new one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from console.core.credential import CredentialKind
from console.core.errors import Misconfigured
from console.models import (
    PolicySample,
    PolicySettings,
    SandboxInstallation,
    StoredCredential,
    StoredToken,
    SubscriptionKey,
)
from console.store import credentials, policies, sandbox, tokens, vault

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where sealed values stand. `name` gives what the vault binds a row's value to."""

    model: type[Model]
    column: str
    name: Callable[[Any], str]


@dataclass(slots=True)
class Outcome:
    """`left` rows are still under another key, `unreadable` names those that no key of the ring opens."""

    rotated: int = 0
    left: int = 0
    unreadable: list[str] = field(default_factory=list)


def _credential_name(row: StoredCredential) -> str:
    return credentials.row_name(row.profile_id, credentials.COLUMNS[CredentialKind(row.kind)])


PLACES = (
    Sealed(StoredCredential, "sealed", _credential_name),
    Sealed(SubscriptionKey, "sealed", lambda row: credentials.row_name(row.profile_id, "subscription_key")),
    Sealed(StoredToken, "sealed", lambda row: tokens.row_name(row.key_digest)),
    Sealed(PolicySettings, "sealed", lambda row: policies.settings_name(row.api_id)),
    Sealed(PolicySample, "sealed", lambda row: policies.sample_name(row.pk)),
    Sealed(SandboxInstallation, "sealed_keys", lambda row: sandbox.row_name(row.tenant_id)),
)


def rotate() -> Outcome:
    """Seals anew what is under another key than the first; gives what was done and what is left."""
    outcome = Outcome()
    first = vault.key_ring().first
    for place in PLACES:
        for row in _under_other_keys(place, first):
            _rotate_row(place, row, outcome)
        outcome.left += sum(1 for _ in _under_other_keys(place, first))
    return outcome


def _under_other_keys(place: Sealed, first: str) -> Iterator[Any]:
    """In batches by primary key, so that no transaction and no memory grows with the table."""
    rows = place.model._default_manager.exclude(**{f"{place.column}__startswith": f"v1.{first}."}).exclude(
        **{place.column: ""}
    )
    after = None
    while batch := list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:BATCH]):
        yield from batch
        after = batch[-1].pk


def _rotate_row(place: Sealed, row: Any, outcome: Outcome) -> None:
    old = getattr(row, place.column)
    name = place.name(row)
    try:
        new = vault.seal(vault.open_sealed(old, row=name), row=name)
    except Misconfigured:
        outcome.unreadable.append(name)
        return
    same = place.model._default_manager.filter(pk=row.pk, **{place.column: old})
    outcome.rotated += same.update(**{place.column: new})  # an edit that came between wins
