"""Whoever can write the database, and has no key, cannot change the audit trail without verify_audit saying so."""

import base64
import hashlib

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from console.core.actor import Actor
from console.core.audit.actions import Action
from console.models import AuditEntry, AuditHead
from console.store import audit, audit_chain, audit_verify, json_text
from tests.store import builders
from tests.trail import drop_triggers, triggers, use_ring, without_triggers

ADA = Actor(1, "ada@example.org")
K1, K2, K3 = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))
ENTRIES = 6
pytestmark = pytest.mark.django_db


def append(count=ENTRIES, *, start=0):
    for number in range(start, start + count):
        audit.append(
            ADA,
            Action.PROFILE_CHANGED,
            object_kind="profile",
            object_id=str(number),
            result="done",
            now=builders.NOW + number,
            address="127.0.0.1",
            detail="name",
        )


@pytest.fixture
def trail(settings):
    """A trail of some entries under k1, of an installation that has a person."""
    use_ring(settings, f"k1:{K1}")
    builders.person("ada")
    append()
    assert audit_verify.verify().problems == ()


def entries():
    return AuditEntry.objects.order_by("id")


def head():
    return AuditHead.objects.filter(pk=audit_chain.HEAD)


def rehash(rows, key_id="k0", *, key=b"forged"):
    """The whole chain anew, as somebody would who has no key of the ring."""
    AuditEntry.objects.update(
        previous_hash=Concat(Value("x"), F("previous_hash")), entry_hash=Concat(Value("x"), F("entry_hash"))
    )
    previous = ""
    for row in rows:
        row.previous_hash = previous
        row.entry_hash = f"{key_id}.{hashlib.sha256(key + f'{row.pk}{previous}'.encode()).hexdigest()}"
        row.save()
        previous = row.entry_hash
    return previous


def edit(column, value):
    return lambda: entries().filter(pk=entries()[2].pk).update(**{column: value})


def swap():
    """Two neighbours change places and keep their own content and hashes."""
    one, two = entries()[2], entries()[3]
    ids = one.pk, two.pk
    entries().filter(pk=ids[0]).update(id=10_000)
    entries().filter(pk=ids[1]).update(id=ids[0])
    entries().filter(pk=10_000).update(id=ids[1])


def swap_contents():
    one, two = entries()[2], entries()[3]
    for pk, other in ((one.pk, two), (two.pk, one)):
        entries().filter(pk=pk).update(object_id=other.object_id, happened_at=other.happened_at)


def reorder():
    entries().update(id=10_000 - F("id"))


def cut_the_end():
    entries().filter(pk__in=[row.pk for row in entries()[4:]]).delete()


def cut_the_end_and_name_the_rest_in_the_head():
    cut_the_end()
    head().update(entries=4, last_hash=entries()[3].entry_hash)


def cut_the_beginning():
    entries().filter(pk__in=[row.pk for row in entries()[:2]]).delete()
    first = entries()[0]
    entries().filter(pk=first.pk).update(previous_hash="")


def duplicate():
    last = entries()[ENTRIES - 1]
    last.pk, last.previous_hash, last.entry_hash = None, last.entry_hash, f"{last.entry_hash}0"
    last.save(force_insert=True)


def insert():
    last = entries()[ENTRIES - 1]
    made = AuditEntry(
        happened_at=last.happened_at,
        who=last.who,
        action=last.action,
        object_kind="profile",
        object_id=last.object_id,
        result="done",
        address="",
        detail="",
        previous_hash=last.entry_hash,
        entry_hash="k1." + "0" * 64,
    )
    made.save(force_insert=True)


def everything_anew(key_id):
    """What was found: all rows rewritten in another's name, chained with hashes of an unknown or a known key's name."""

    def change():
        entries().update(who=json_text.dump("innocent@example.org"))
        last = rehash(list(entries()), key_id)
        head().update(last_hash=last, mac=f"{key_id}.{'0' * 64}")

    return change


def empty():
    entries().delete()


def empty_with_its_head():
    entries().delete()
    head().delete()


def empty_with_a_head_of_its_own():
    entries().delete()
    head().update(entries=0, last_hash="")


FORGERIES = {
    "when": edit("happened_at", 1),
    "who": edit("who", json_text.dump("innocent@example.org")),
    "action": edit("action", "case shared"),
    "object kind": edit("object_kind", "api"),
    "object": edit("object_id", json_text.dump("other")),
    "result": edit("result", "refused"),
    "address": edit("address", "10.0.0.1"),
    "detail": edit("detail", json_text.dump("scope")),
    "detail emptied": edit("detail", ""),
    "previous hash": edit("previous_hash", "k1.abc"),
    "entry hash": edit("entry_hash", "k1." + "0" * 64),
    "foreign key id": edit("entry_hash", "k0." + "0" * 64),
    "two swapped": swap,
    "contents swapped": swap_contents,
    "all reordered": reorder,
    "end cut": cut_the_end,
    "end cut, head edited": cut_the_end_and_name_the_rest_in_the_head,
    "beginning cut": cut_the_beginning,
    "middle removed": lambda: entries().filter(pk=entries()[2].pk).delete(),
    "duplicate": duplicate,
    "insert": insert,
    "all anew under an unknown key": everything_anew("k0"),
    "all anew under the known key's name": everything_anew("k1"),
    "emptied": empty,
    "emptied with its head": empty_with_its_head,
    "emptied, head edited": empty_with_a_head_of_its_own,
    "head removed": lambda: head().delete(),
    "head of fewer": lambda: head().update(entries=5),
    "head under an unknown key": lambda: head().update(mac="k0." + "0" * 64),
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_trail_ends_with_1(trail, forgery, capsys):
    without_triggers(forgery)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "The trail is whole." not in capsys.readouterr().out


def test_missing_triggers_end_with_1(trail, capsys):
    drop_triggers()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "its triggers are gone" in capsys.readouterr().out
    with connection.cursor() as cursor:
        for create, _ in triggers.statements(connection.vendor):
            cursor.execute(create)


def test_a_trail_emptied_together_with_an_old_head_is_found_while_people_have_accounts(settings, capsys):
    use_ring(settings, f"k1:{K1}")
    builders.person("ada")
    old = head().get()
    append()
    without_triggers(empty)
    old.save()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "The trail is empty, although people have accounts here" in capsys.readouterr().out


def test_an_old_head_put_back_over_a_cut_trail_is_found_by_an_anchor_from_elsewhere(settings, capsys, tmp_path):
    use_ring(settings, f"k1:{K1}")
    append(3)
    old = head().get()
    append(3)
    file = tmp_path / "anchor"
    call_command("verify_audit", "--anchor-file", str(file))
    without_triggers(lambda: entries().filter(pk__in=[row.pk for row in entries()[3:]]).delete())
    old.save()
    call_command("verify_audit")  # by itself the database looks whole: docs/security.md says so
    for argument in (["--anchor-file", str(file)], ["--anchor", file.read_text("ascii").strip()]):
        with pytest.raises(SystemExit) as ended:
            call_command("verify_audit", *argument)
        assert ended.value.code == 1
        assert "An anchor names 6 entries, and the trail holds 3" in capsys.readouterr().out
    append(3, start=10)  # as many as before, and others
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--anchor-file", str(file))
    assert "is not the one that an anchor names" in capsys.readouterr().out


def test_every_hundredth_entry_leaves_an_anchor_in_the_log(settings, caplog):
    use_ring(settings, f"k1:{K1}")
    with caplog.at_level("INFO", "console.audit"):
        append(audit.ANCHOR_EVERY)
    (record,) = caplog.records
    anchor = audit_verify.read_anchor(record.getMessage().removeprefix("audit anchor "))
    assert anchor == audit_verify.verify(anchors=[anchor]).anchor


@pytest.fixture
def rotated(trail, settings):
    """The key was rotated as operations.md says, and k1 is gone from the ring."""
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    append(2)
    call_command("rotate_keys")
    append(2)
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2}"


def test_a_rotated_trail_is_whole_without_the_old_key(rotated, capsys):
    call_command("rotate_keys")
    call_command("rotate_keys")
    capsys.readouterr()
    call_command("verify_audit")
    told = capsys.readouterr().out
    assert "The trail is whole." in told
    assert "vouched for by none: 0." in told
    assert AuditEntry.objects.filter(action=Action.KEYS_ROTATED).count() == 1


@pytest.mark.parametrize("column", ["who", "detail", "happened_at"])
def test_an_entry_of_a_key_that_is_gone_cannot_be_changed(rotated, column, capsys):
    value = 1 if column == "happened_at" else json_text.dump("other")
    without_triggers(lambda: entries().filter(pk=entries()[1].pk).update(**{column: value}))
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--retired", "k1")
    assert "are not those that a later key vouched for" in capsys.readouterr().out


def test_a_key_kept_for_the_audit_only_verifies_and_seals_nothing(rotated, settings, capsys):
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},audit-only:k1:{K1}"
    call_command("verify_audit")
    without_triggers(lambda: entries().filter(pk=entries()[1].pk).update(result="refused"))
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert f"Entry {entries()[1].pk} was changed after it was written." in capsys.readouterr().out


def test_a_key_removed_without_rotation_is_a_problem_unless_it_is_named(trail, settings, capsys):
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    append(1)
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2}"
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert f"{ENTRIES} entries are signed with key k1, which the key ring lacks" in capsys.readouterr().out
    call_command("verify_audit", "--retired", "k1")
    assert f"vouched for by none: {ENTRIES}." in capsys.readouterr().out


def test_an_older_key_after_a_newer_one_is_a_problem_also_with_a_valid_hash(trail, settings, capsys):
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    append(1)
    settings.CONSOLE_SECRET_KEYS = f"k1:{K1},k2:{K2}"  # a stolen old key writes on
    append(1)
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "is signed with key k1, though the newer key k2 signed before it" in capsys.readouterr().out


def test_a_broken_trail_is_not_vouched_for_at_rotation(trail, settings, capsys):
    without_triggers(lambda: entries().filter(pk=entries()[1].pk).update(result="refused"))
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys")
    assert ended.value.code == 1
    assert "The audit trail is not vouched for, keep the old key: Entry" in capsys.readouterr().out


def test_an_anchor_that_is_none_is_refused_in_one_sentence(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--anchor", "abc")
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith("verify_audit: an anchor is a number of entries, a colon and a hash")
