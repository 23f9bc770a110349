"""How audit entries hang together: the keyed hash of each, and the keyed head that names the newest."""

import hmac
from typing import Any

from django.db import connection

from console.core.errors import Misconfigured
from console.models import AuditEntry, AuditHead
from console.store import json_text, statements, vault

HEAD = 1  # the id of the only row
_TABLE = statements.table(AuditHead)
_NAMED = ("entries", "last_hash", "mac")
_HEAD = f"SELECT {statements.listed(_NAMED)} FROM {_TABLE} WHERE id = %s"  # noqa: S608 (the name of a table)
_ADVANCE = f"UPDATE {_TABLE} SET entries = %s, last_hash = %s, mac = %s WHERE id = %s"  # noqa: S608 (the same)


def hash_of(entry: AuditEntry, key_id: str) -> str:
    """`<key id>.<hex>` over everything the entry says and the hash of the one before."""
    return link_of(said(entry), entry.detail, after=entry.previous_hash, key_id=key_id)


def link_of(said: tuple[int | str, ...], detail: str, *, after: str, key_id: str) -> str:
    """The same of what an entry is to say, `after` being the hash of the one before."""
    told = [detail] if detail else []  # entries of before had none, and their hash must not change
    return _mac(key_id, (after, *said, *told))


SAID = ("happened_at", "who", "action", "object_kind", "object_id", "result", "address")


def said(entry: AuditEntry) -> tuple[int | str, ...]:
    """What an entry says, but for its detail."""
    return tuple(getattr(entry, column) for column in SAID)


def verifies(entry: AuditEntry) -> bool:
    """Whether the entry is as it was written; its key must be one of the ring's `audit_ids`."""
    return hmac.compare_digest(entry.entry_hash, hash_of(entry, key_id_of(entry.entry_hash)))


def key_id_of(mac: str) -> str:
    return mac.partition(".")[0]


def locked_head() -> AuditHead:
    """The head, held until the transaction ends; raises Misconfigured when it is not this key ring's."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    found = statements.asked(f"{_HEAD}{lock}", HEAD)
    head = AuditHead(**dict(zip(_NAMED, found[0], strict=True)), id=HEAD) if found else None
    why = problem_of(head)
    if head is None or why:
        raise Misconfigured(
            "Nothing that the audit trail must record can be done now.",
            why=why,
            do="Restore the key ring that belongs to this database; if it is that one, run manage.py verify_audit.",
            who="The console's administrator can do this.",
        )
    return head


def problem_of(head: AuditHead | None) -> str:
    """Why the head is not to be believed, as one sentence; "" when it is."""
    if head is None:
        return "The record that names the newest entry of the audit trail is missing."
    key_id = key_id_of(head.mac)
    if key_id not in vault.key_ring().audit_ids:
        return f"The newest entry of the audit trail is vouched for by key {key_id or '?'}, which the key ring lacks."
    if not hmac.compare_digest(head.mac, _head_mac(head, key_id)):
        return f"The key ring's {key_id} is not the key that vouched for the audit trail, or the record was changed."
    return ""


def advance(head: AuditHead, entry_hash: str) -> None:
    """The head names one more entry."""
    head.entries, head.last_hash = head.entries + 1, entry_hash
    head.mac = _head_mac(head, vault.key_ring().first)
    statements.changed(_ADVANCE, head.entries, head.last_hash, head.mac, HEAD)


def begin(entries: Any = AuditEntry, heads: Any = AuditHead) -> None:
    """Makes the head of a new table; the migration that does so passes the models of its time."""
    last = entries.objects.order_by("-id").first()
    if last is not None and key_id_of(last.entry_hash) in vault.key_ring().audit_ids and not verifies(last):
        raise Misconfigured(
            "The audit trail cannot be taken over: its newest entry was not signed with this key ring.",
            why="The ring has another key under the same name, or the entry was changed.",
            do="Restore the key ring that belongs to this database, then run manage.py migrate again.",
            who="The console's administrator can do this.",
        )
    head = heads(id=HEAD, entries=entries.objects.count(), last_hash=last.entry_hash if last else "")
    head.mac = _head_mac(head, vault.key_ring().first)
    head.save(force_insert=True)


def _head_mac(head: AuditHead, key_id: str) -> str:
    return _mac(key_id, ("head", head.entries, head.last_hash))


def _mac(key_id: str, fields: tuple[object, ...]) -> str:
    key = vault.key_ring().audit_key(key_id)
    return f"{key_id}.{hmac.digest(key, json_text.dump(fields).encode(), 'sha256').hex()}"
