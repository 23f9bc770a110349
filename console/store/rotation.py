"""Key rotation: every sealed value under the ring's first key and in today's format, one compare-and-set at a time.

Killed at any point, each row is readable: it holds either the old value or the new one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from console.core.credential import CredentialKind
from console.core.errors import Misconfigured
from console.models import (
    Connection,
    OutgoingMail,
    PendingAuthorization,
    PolicySample,
    PolicySettings,
    Profile,
    ProofKey,
    Run,
    SandboxInstallation,
    StoredCredential,
    StoredToken,
    SubscriptionKey,
)
from console.store import (
    acceptance,
    authorizations,
    connections,
    credentials,
    due_runs,
    mails,
    policies,
    proof_keys,
    runs,
    sandbox,
    tokens,
    vault,
)

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where sealed values stand. `name` and `beside` give what the vault binds a row's value to."""

    model: type[Model]
    column: str
    name: Callable[[Any], str]
    beside: Callable[[Any], vault.Beside] | None = None
    related: str = ""  # what `beside` reads of another table

    @property
    def start(self) -> str:
        """How a value that needs nothing starts."""
        return f"{vault.BOUND if self.beside else vault.PLAIN}.{vault.key_ring().first}."


@dataclass(slots=True)
class RotationOutcome:
    """`left` rows are still under another key, `unreadable` names those that no key of the ring opens."""

    rotated: int = 0
    left: int = 0
    unreadable: list[str] = field(default_factory=list)


def _credential_name(row: StoredCredential) -> str:
    return credentials.row_name(row.profile_id, credentials.COLUMNS[CredentialKind(row.kind)])


def _key_name(row: SubscriptionKey) -> str:
    return credentials.row_name(row.profile_id, "subscription_key")


PLACES = (
    Sealed(StoredCredential, "sealed", _credential_name, credentials.beside_credential),
    Sealed(SubscriptionKey, "sealed", _key_name, credentials.beside_key),
    Sealed(Profile, "accepted", lambda row: acceptance.row_name(row.pk)),
    Sealed(StoredToken, "sealed", lambda row: tokens.row_name(row.key_digest), tokens.beside),
    Sealed(Connection, "sealed", lambda row: connections.row_name(row.pk), connections.beside),
    Sealed(PendingAuthorization, "sealed", lambda row: authorizations.row_name(row.pk), authorizations.beside),
    Sealed(PolicySettings, "sealed", lambda row: policies.settings_name(row.api_id), policies.beside, "api"),
    Sealed(PolicySample, "sealed", lambda row: policies.sample_name(row.pk), policies.beside_sample),
    Sealed(ProofKey, "sealed", lambda row: proof_keys.row_name(row.digest)),
    Sealed(Run, "sealed", lambda row: runs.row_name(row.pk), runs.beside),
    Sealed(OutgoingMail, "sealed", lambda row: mails.row_name(row.pk)),
    Sealed(SandboxInstallation, "sealed_keys", lambda row: sandbox.row_name(row.tenant_id)),
)


def rotate() -> RotationOutcome:
    """Seals anew what is under another key than the first, or in the format before; gives what was done and is left."""
    outcome = RotationOutcome()
    due_runs.forget_orphans()
    for place in PLACES:
        for row in _to_rotate(place):
            _rotate_row(place, row, outcome)
        outcome.left += sum(1 for _ in _to_rotate(place))
    return outcome


def _to_rotate(place: Sealed) -> Iterator[Any]:
    """In batches by primary key, so that no transaction and no memory grows with the table."""
    rows = place.model._default_manager.exclude(**{f"{place.column}__startswith": place.start})
    rows = rows.exclude(**{place.column: ""})
    rows = rows.select_related(place.related) if place.related else rows
    after = None
    while batch := list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:BATCH]):
        yield from batch
        after = batch[-1].pk


def _rotate_row(place: Sealed, row: Any, outcome: RotationOutcome) -> None:
    old = getattr(row, place.column)
    name, beside = place.name(row), place.beside(row) if place.beside else ()
    try:
        new = vault.seal(vault.open_sealed(old, row=name, beside=beside), row=name, beside=beside)
    except Misconfigured:
        outcome.unreadable.append(name)
        return
    same = place.model._default_manager.filter(pk=row.pk, **{place.column: old})
    outcome.rotated += same.update(**{place.column: new})  # an edit that came between wins
