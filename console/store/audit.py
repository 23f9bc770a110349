"""The audit trail: append-only, each entry chained to the one before by an HMAC with a key of the ring."""

import hashlib
import hmac
from dataclasses import dataclass

from django.db import connection, transaction

from console.core.actor import Actor
from console.core.audit_actions import Action
from console.core.redact import redact_text
from console.models import AuditEntry
from console.store import json_text, vault

MAX_DETAIL = 500
_LOCK = 7_305_021  # any number, the same in all processes


@dataclass(frozen=True, slots=True)
class Verification:
    """`problems` is empty when the chain holds. `unchecked` entries were made with a key no longer in the ring."""

    entries: int
    unchecked: int
    problems: tuple[str, ...]


def append(  # noqa: PLR0913 (an entry has that many parts, each by its name)
    actor: Actor,
    action: Action,
    *,
    object_kind: str,
    object_id: str,
    result: str,
    now: int,
    address: str = "",
    detail: str = "",
) -> None:
    """Adds one entry. `address` is the source address, "" when there is none.

    `detail` says in plain words what changed or where it went; it is swept of secrets and cut at MAX_DETAIL characters.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite's IMMEDIATE transaction already keeps writers apart
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditEntry.objects.order_by("-id").first()
        entry = AuditEntry(
            happened_at=now,
            who=json_text.dump(actor.email),
            action=action,
            object_kind=object_kind,
            object_id=json_text.dump(object_id),
            result=result,
            address=address,
            detail=json_text.dump(redact_text(detail)[:MAX_DETAIL]) if detail else "",
            previous_hash=last.entry_hash if last else "",
        )
        entry.entry_hash = _hash(entry, vault.key_ring().first)
        entry.save(force_insert=True)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One entry as shown. `number` counts up; `happened_at` is epoch seconds."""

    number: int
    happened_at: int
    who: str
    action: str
    object_kind: str
    object_id: str
    result: str
    address: str
    detail: str = ""


def recent(*, limit: int = 100, before: int | None = None) -> list[AuditRecord]:
    """Newest first, entries with a number below `before`. Callers have checked that the actor administers."""
    entries = AuditEntry.objects.order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    return [_to_record(entry) for entry in entries[:limit]]


def verify() -> Verification:
    """Walks the whole chain."""
    ring = vault.key_ring()
    previous, entries, unchecked = "", 0, 0
    problems: list[str] = []
    for entry in AuditEntry.objects.order_by("id").iterator():
        entries += 1
        key_id = entry.entry_hash.partition(".")[0]
        if entry.previous_hash != previous:
            problems.append(f"Entry {entry.pk} does not follow the one before it: something was removed or added.")
        if key_id not in ring.ids:
            unchecked += 1
        elif not hmac.compare_digest(entry.entry_hash, _hash(entry, key_id)):
            problems.append(f"Entry {entry.pk} was changed after it was written.")
        previous = entry.entry_hash
    return Verification(entries, unchecked, tuple(problems))


def _to_record(entry: AuditEntry) -> AuditRecord:
    return AuditRecord(
        number=entry.pk,
        happened_at=entry.happened_at,
        who=json_text.load(entry.who, str),
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=json_text.load(entry.object_id, str),
        result=entry.result,
        address=entry.address,
        detail=json_text.load(entry.detail, str) if entry.detail else "",
    )


def _hash(entry: AuditEntry, key_id: str) -> str:
    fields = (
        entry.previous_hash,
        entry.happened_at,
        entry.who,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.result,
        entry.address,
        *([entry.detail] if entry.detail else ()),  # entries of before had none, and their hash must not change
    )
    key = vault.key_ring().key(key_id)
    return f"{key_id}.{hmac.new(key, json_text.dump(fields).encode(), hashlib.sha256).hexdigest()}"
