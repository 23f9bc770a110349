"""The audit trail: append-only, each entry chained to the one before by an HMAC with a key of the ring."""

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.audit.filter import ALL, AuditFilter
from console.core.redaction.redact import redact_text
from console.models import AuditEntry
from console.store import audit_chain, json_text, statements, vault

MAX_DETAIL = 500
ANCHOR_EVERY = 100  # entries
PERSON = re.compile(r"#\d{1,18}(?![^ ])")  # how an object id begins that is a person's; the address after it may change
UUID_LENGTH = 36
_ADD = statements.insertion(AuditEntry, *audit_chain.SAID, "detail", "previous_hash", "entry_hash")

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
    beside: Callable[[], object] | None = None,
) -> None:
    """Adds one entry; raises Misconfigured, and writes nothing, with a key ring that is not this trail's.

    `beside` keeps what the entry tells of: both are kept or neither, as in `together`, and nobody waits for the trail
    while it does. It sends nothing.

    `address` is the source address; "" is the actor's, which is "" for commands.

    `detail` says in plain words what changed or where it went; it is swept of secrets and cut at MAX_DETAIL characters.
    """
    said = (
        now,
        json_text.dump(actor.email),
        Action(action).value,
        object_kind,
        json_text.dump(object_id),
        result,
        address or actor.address,
    )
    told = json_text.dump(redact_text(detail)[:MAX_DETAIL]) if detail else ""
    with transaction.atomic():
        if beside is not None:
            beside()
        head = audit_chain.locked_head()
        before = head.last_hash
        link = audit_chain.link_of(said, told, after=before, key_id=vault.key_ring().first)
        statements.changed(_ADD, *said, told, before, link)
        audit_chain.advance(head, link)
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
    """One entry as shown. `number` counts up; `happened_at` is epoch seconds; `entry_hash` is its link of the chain."""

    number: int
    happened_at: int
    who: str
    action: str
    object_kind: str
    object_id: str
    result: str
    address: str
    detail: str = ""
    entry_hash: str = ""


def recent(*, wanted: AuditFilter = ALL, limit: int = 100, before: int | None = None) -> list[AuditRecord]:
    """Newest first, entries with a number below `before`. Callers have checked that the actor administers."""
    entries = _wanted(wanted).order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    return [_to_record(entry) for entry in entries[:limit]]


def following(*, wanted: AuditFilter = ALL, limit: int, after: int, last: int | None = None) -> list[AuditRecord]:
    """Oldest first, entries with a number above `after`, `last` being the highest. Callers checked as for `recent`."""
    entries = _wanted(wanted).filter(id__gt=after).order_by("id")
    if last is not None:
        entries = entries.filter(id__lte=last)
    return [_to_record(entry) for entry in entries[:limit]]


def _wanted(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.all()
    if wanted.who:
        entries = entries.filter(who=json_text.dump(wanted.who))
    if wanted.actions:
        entries = entries.filter(action__in=wanted.actions)
    if wanted.kinds:
        entries = entries.filter(object_kind__in=wanted.kinds)
    if wanted.object_id:
        entries = entries.filter(**_of_object(wanted.object_id))
    if wanted.result:
        entries = entries.filter(result=wanted.result)
    if wanted.since is not None:
        entries = entries.filter(happened_at__gte=wanted.since)
    if wanted.until is not None:
        entries = entries.filter(happened_at__lt=wanted.until)
    return entries


def _of_object(object_id: str) -> dict[str, str]:
    if len(object_id) == UUID_LENGTH:
        return {"object_id": json_text.dump(object_id)}
    person = PERSON.match(object_id)
    return {"object_id__startswith": f'"{person[0]} ' if person else json_text.dump(object_id)[:-1]}


def _to_record(entry: AuditEntry) -> AuditRecord:
    return AuditRecord(
        number=entry.pk,
        happened_at=entry.happened_at,
        who=_text(entry.who),
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=_text(entry.object_id),
        result=entry.result,
        address=entry.address,
        detail=_text(entry.detail),
        entry_hash=entry.entry_hash,
    )


def _text(kept: str) -> str:
    """What stands in a row that somebody changed by hand is shown as it is: the trail must stay readable then too."""
    try:
        return json_text.load(kept, str) if kept else ""
    except ValueError:
        return kept
