"""The audit trail can be added to, and nothing else."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from console.core.actor import SYSTEM, Actor
from console.core.audit.actions import Action
from console.models import AuditEntry
from console.store import audit, audit_verify
from tests.patience import finish
from tests.store import steps
from tests.store.builders import NOW, ODD
from tests.trail import without_triggers

ADA = Actor(1, "ada@example.org")


def append(who=ADA, action=Action.SECRET_REPLACED, **changes):
    values = {"object_kind": "profile", "object_id": "1", "result": "done", "now": NOW, "address": "127.0.0.1"}
    audit.append(who, action, **{**values, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE console_auditentry SET result = 'x'", "DELETE FROM console_auditentry"])
def test_the_database_refuses_to_change_or_delete_an_entry(change):
    append()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert [entry.result for entry in audit.recent()] == ["done"]


@pytest.mark.django_db
def test_entries_are_read_newest_first_and_odd_text_survives():
    append()
    append(SYSTEM, Action.KEYS_ROTATED, object_id=ODD, address="")
    newest, oldest = audit.recent()
    assert (newest.who, newest.action, newest.object_id, newest.address) == ("system", "key rotated", ODD, "")
    assert (oldest.who, oldest.happened_at) == ("ada@example.org", NOW)
    assert audit.recent(limit=1, before=newest.number) == [oldest]


@pytest.mark.django_db
def test_the_detail_is_short_and_swept_of_secrets():
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJl"
    append(detail=f"Authorization: Bearer {token} " + "x" * 2_000)
    (entry,) = audit.recent()
    assert token not in entry.detail
    assert len(entry.detail) == audit.MAX_DETAIL


@pytest.mark.django_db
def test_an_entry_of_before_the_detail_still_verifies_and_a_changed_detail_is_found():
    append()
    append(detail="name, scope")
    assert audit_verify.verify().problems == ()
    without_triggers(lambda: AuditEntry.objects.filter(detail="").update(detail='"another"'))
    assert ["was changed" in text for text in audit_verify.verify().problems] == [True]


@pytest.mark.django_db(transaction=True)
def test_the_migration_of_the_detail_keeps_entries_hashes_and_triggers():
    append()
    before = AuditEntry.objects.values_list("entry_hash", flat=True).get()
    steps.migrate_to("0004_keysets_without_urls")
    assert "detail" not in columns()
    steps.migrate_to_newest()
    assert audit_verify.verify().problems == ()
    assert AuditEntry.objects.values_list("entry_hash", flat=True).get() == before
    for change in ("UPDATE console_auditentry SET result = 'x'", "DELETE FROM console_auditentry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def columns():
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, "console_auditentry")}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_do_not_fork_the_chain():
    failed = []

    def write():
        try:
            for _ in range(5):
                append()
        except DatabaseError as problem:
            failed.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    finish(*writers)
    assert failed == []
    found = audit_verify.verify()
    assert (found.entries, found.problems) == (20, ())
