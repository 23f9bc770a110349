"""The audit trail: append-only, each entry chained to the one before by an HMAC with a key of the ring."""

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import transaction

from console.core.actor import Actor
from console.core.audit_actions import Action
from console.core.redact import redact_text
from console.models import AuditEntry
from console.store import audit_chain, json_text, vault

MAX_DETAIL = 500
ANCHOR_EVERY = 100  # entries

logger = logging.getLogger("console.audit")


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
    """Adds one entry; raises Misconfigured, and writes nothing, with a key ring that is not this trail's.

    `address` is the source address; "" is the actor's, which is "" for commands.

    `detail` says in plain words what changed or where it went; it is swept of secrets and cut at MAX_DETAIL characters.
    """
    with transaction.atomic():
        head = audit_chain.locked_head()
        entry = AuditEntry(
            happened_at=now,
            who=json_text.dump(actor.email),
            action=Action(action).value,
            object_kind=object_kind,
            object_id=json_text.dump(object_id),
            result=result,
            address=address or actor.address,
            detail=json_text.dump(redact_text(detail)[:MAX_DETAIL]) if detail else "",
            previous_hash=head.last_hash,
        )
        entry.entry_hash = audit_chain.hash_of(entry, vault.key_ring().first)
        entry.save(force_insert=True)
        audit_chain.advance(head, entry.entry_hash)
    if head.entries % ANCHOR_EVERY == 0:
        log_anchor(head.entries, head.last_hash)


def together() -> AbstractContextManager[object]:
    """For a change and the entry that tells of it: both are kept, or neither. Never around an outgoing request."""
    return transaction.atomic()


def log_anchor(entries: int, entry_hash: str) -> None:
    """One line for whoever keeps the log elsewhere: `manage.py verify_audit --anchor` takes what it says."""
    logger.info("audit anchor %d:%s", entries, entry_hash)


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
