"""What goes on without anybody looking: enqueued once, done once, taken up again, and told when it fails."""

import smtplib

import pytest
from django.core import mail as sent
from django.db import DatabaseError, transaction
from django_tasks_db.models import DBTaskResult

from console.management.task_loop import TaskLoop
from console.models import Lease, OutgoingMail, Run, WorkerSeen
from console.services import left_alone, mail, preflight, pruning, runs, tasks, tick
from console.services.health import LOST_S
from console.store import mails, task_rows
from tests.services.task_queue import queued, waiting, work_off  # noqa: F401 (a fixture)
from tests.store import builders

pytestmark = pytest.mark.django_db
NOW = builders.NOW
LINK = "http://localhost:8000/sign-in/canary-of-a-link/"


@pytest.fixture(autouse=True)
def _queued(queued, time_machine):  # noqa: F811 (the fixture)
    time_machine.move_to(NOW, tick=False)


def refuse_mail(monkeypatch):
    def refuse(self):
        raise smtplib.SMTPServerDisconnected("canary of a server")

    monkeypatch.setattr(sent.EmailMessage, "send", refuse)


def test_a_mail_waits_sealed_and_a_worker_sends_it_once_and_forgets_it():
    assert mail.write("ina@example.com", "You are invited", LINK)
    assert sent.outbox == []
    kept = [repr(DBTaskResult.objects.values().get()), repr(OutgoingMail.objects.values().get())]
    assert not [text for text in kept if "canary" in text or "ina@" in text or "invited" in text]
    assert work_off() == ["deliver"]
    (letter,) = sent.outbox
    assert (letter.to, LINK in letter.body) == (["ina@example.com"], True)
    assert OutgoingMail.objects.count() == 0
    mail.deliver.enqueue(str(DBTaskResult.objects.get().args_kwargs["args"][0]))
    work_off()
    assert len(sent.outbox) == 1


def test_a_mail_goes_with_what_it_tells_of_or_not_at_all():
    with pytest.raises(RuntimeError), transaction.atomic():
        mail.write("ina@example.com", "You are invited", LINK)
        raise RuntimeError
    assert (work_off(), sent.outbox, OutgoingMail.objects.count()) == ([], [], 0)


def test_a_failing_mail_is_tried_again_with_pauses_then_given_up_and_its_text_is_gone(monkeypatch, time_machine):
    refuse_mail(monkeypatch)
    mail.write("ina@example.com", "You are invited", LINK)
    work_off()
    now = NOW
    for pause in mail.PAUSES_S:
        time_machine.move_to(now + pause - 1, tick=False)
        assert "deliver" not in work_off()
        now += pause
        time_machine.move_to(now, tick=False)
        assert mail.is_failing()
        tick.tick()
        assert work_off() == ["deliver"]
    row = OutgoingMail.objects.get()
    assert (row.sealed, row.tries, row.problem, row.given_up_at) == ("", 5, "SMTPServerDisconnected", now)
    left = mails.left(since=NOW)
    assert (left.waiting, left.given_up, left.problem) == (0, 1, "SMTPServerDisconnected")
    assert mail.is_failing()
    time_machine.move_to(now + 3_601, tick=False)
    assert (mail.is_failing(), tick.tick()["mails"]) == (False, 0)
    assert "canary" not in repr(list(DBTaskResult.objects.values()))


@pytest.mark.parametrize("to", ["no address", "a\nBcc: b@example.com", "\ud800@example.com", ""])
def test_what_no_mail_can_say_is_given_up_like_one_that_no_server_takes(to, monkeypatch, time_machine):
    monkeypatch.setattr(sent.EmailMessage, "send", lambda self: self.message() and sent.outbox.append(self))
    assert mail.send(sent.EmailMessage(subject="S", body="B \ud800", to=[to]))
    now = NOW
    for _ in range(12):
        work_off()
        now += 3_700
        time_machine.move_to(now, tick=False)
        mail.wake_due(now)
    assert not OutgoingMail.objects.filter(given_up_at=None).exists() and sent.outbox == []
    assert set(OutgoingMail.objects.values_list("tries", "sealed")) == {(len(mail.PAUSES_S) + 1, "")}


def test_a_mail_that_ends_each_worker_is_given_up_as_well(monkeypatch, time_machine):
    def die(text):
        raise SystemExit

    monkeypatch.setattr(mail, "_send", die)
    mail.write("ina@example.com", "You are invited", LINK)
    (mail_id,) = (str(key) for key in OutgoingMail.objects.values_list("pk", flat=True))
    now = NOW
    for _ in range(len(mail.PAUSES_S) + 1):
        with pytest.raises(SystemExit):
            mail.deliver.func(mail_id)
        now += mail.CLAIMED_S
        time_machine.move_to(now, tick=False)
    mail.deliver.func(mail_id)
    assert OutgoingMail.objects.get().given_up_at == now


def test_while_one_worker_sends_a_mail_no_other_does_and_a_dead_ones_is_sent_after_all(time_machine):
    mail.write("ina@example.com", "You are invited", LINK)
    (mail_id,) = mails.due(now=NOW)
    assert mails.claim(mail_id, now=NOW, until=NOW + mail.CLAIMED_S).text.body.count(LINK) == 1
    assert (work_off(), sent.outbox) == (["deliver"], [])
    time_machine.move_to(NOW + mail.CLAIMED_S, tick=False)
    assert tick.tick()["mails"] == 1
    assert (work_off(), len(sent.outbox)) == (["deliver"], 1)


def test_a_second_tick_enqueues_nothing_twice_until_the_mark_is_over(settings, time_machine):
    settings.CONSOLE_PRUNES = True
    OutgoingMail.objects.create(id="00000000-0000-4000-8000-000000000001", made_at=NOW, not_before=NOW)
    assert tick.tick() == {**dict.fromkeys((one.name for one in tick.DUE), 0), "mails": 1, "deleting": 1}
    assert set(tick.tick().values()) == {0}
    assert waiting() == ["deliver", "prune_step"]
    time_machine.move_to(NOW + tasks.MARKED_S, tick=False)
    assert tick.tick()["deleting"] == 1  # the backend may have lost it


def test_of_all_workers_one_ticks_in_a_minute(monkeypatch, time_machine):
    ticks = []
    monkeypatch.setattr(tick, "tick", lambda: ticks.append(1) or {})
    work_off("one")
    work_off("another")
    assert len(ticks) == 1
    time_machine.move_to(NOW + tick.EVERY_S, tick=False)
    work_off("another")
    assert len(ticks) == 2


def test_what_fails_in_one_part_of_a_tick_leaves_the_others(monkeypatch, caplog):
    def fail(now):
        raise DatabaseError("canary")

    monkeypatch.setattr(tick, "DUE", (tick.Due("first", fail), tick.Due("second", lambda now: 1)))
    assert tick.tick() == {"second": 1}
    assert "canary" not in caplog.text


def test_the_daily_deleting_is_a_task(settings):
    settings.CONSOLE_PRUNES = True
    builders.attempt(builders.person("owner"), created_at=NOW - 91 * pruning.DAY_S)
    assert work_off() == ["prune_step"]
    assert pruning.wake_due(NOW) == 0
    settings.CONSOLE_PRUNES = False
    Lease.objects.all().delete()
    assert pruning.wake_due(NOW) == 0


def test_tasks_mails_and_workers_of_old_are_deleted(time_machine):
    mail.write("ina@example.com", "You are invited", LINK)
    work_off()
    OutgoingMail.objects.create(id="00000000-0000-4000-8000-000000000001", made_at=NOW, not_before=NOW)
    time_machine.move_to(NOW + pruning.TASKS_S + 1, tick=False)
    deleted = pruning.prune_all()
    assert (deleted["tasks"], deleted["mails"], deleted["workers"]) == (1, 0, 0)
    time_machine.move_to(NOW + pruning.KEYSETS_S + 1, tick=False)
    deleted = pruning.prune_all()
    assert (deleted["tasks"], deleted["mails"], deleted["workers"]) == (0, 1, 1)


def test_a_run_that_is_due_goes_on_as_its_owner_and_not_for_a_closed_account(monkeypatch):
    looks = []
    for module in (runs, preflight):
        monkeypatch.setattr(module, "look", lambda actor, run_id: looks.append((actor.user_id, run_id)))
    owner = builders.person("owner")
    made = {"owner_id": owner.user_id, "kind": "operation", "state": '""', "created_at": NOW - 60}
    due = Run.objects.create(id="00000000-0000-4000-8000-000000000001", not_before=NOW, **made)
    Run.objects.create(id="00000000-0000-4000-8000-000000000002", not_before=NOW + 1, **made)
    Run.objects.create(id="00000000-0000-4000-8000-000000000003", not_before=NOW, is_done=True, **made)
    made["created_at"] = NOW - left_alone.LONGEST_S - 1
    Run.objects.create(id="00000000-0000-4000-8000-000000000004", not_before=NOW, **made)
    assert work_off() == ["go_on"]
    assert looks == [(owner.user_id, due.pk)]
    assert Run.objects.get(pk=due.pk).not_before == NOW + left_alone.AGAIN_S  # that look changed nothing
    Run.objects.filter(pk=due.pk).update(not_before=NOW)
    type(due.owner).objects.update(is_active=False)
    tick.tick()
    assert work_off() == ["go_on"]
    assert len(looks) == 1


def test_a_failure_is_told_to_the_log_and_the_queue_gets_its_class_alone(monkeypatch, caplog):
    def fail(actor, run_id):
        raise ValueError("canary")

    monkeypatch.setattr(runs, "look", fail)
    owner = builders.person("owner")
    run_id = "00000000-0000-4000-8000-000000000001"
    Run.objects.create(id=run_id, owner_id=owner.user_id, kind="operation", not_before=NOW + 9, created_at=NOW)
    left_alone.go_on.enqueue(run_id)
    work_off()
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "console.services.tasks.TaskFailed")
    assert ("canary" in row.traceback, "ValueError" in row.traceback, "go_on failed" in caplog.text) == (
        False,
        True,
        True,
    )
    assert task_rows.queue(since=NOW).failed == 1


def begun_by(worker, *, tries=1):
    mail.write("ina@example.com", "You are invited", LINK)
    row = DBTaskResult.objects.ready().first()
    for _ in range(tries):
        row.claim(worker)
    return row


def test_the_next_worker_of_that_name_takes_up_what_a_dead_one_left():
    begun_by("host:1:0")
    assert work_off("host:2:0") == []
    assert (work_off("host:1:0"), len(sent.outbox)) == (["deliver"], 1)


def test_what_a_worker_left_that_is_not_seen_any_more_is_taken_up_by_another(time_machine):
    task_rows.saw("host:1:0", now=NOW)
    begun_by("host:1:0")
    assert task_rows.put_back_lost(seen_before=NOW - LOST_S) == 0
    time_machine.move_to(NOW + LOST_S + 1, tick=False)
    WorkerSeen.objects.filter(name="host:1:0").update(seen_at=NOW + LOST_S)  # it is at a long task
    assert work_off("host:2:0") == []
    WorkerSeen.objects.filter(name="host:1:0").update(seen_at=NOW)
    assert (work_off("host:2:0"), len(sent.outbox)) == (["deliver"], 1)


def test_a_task_that_ends_its_workers_is_not_begun_for_ever():
    row = begun_by("host:1:0", tries=task_rows.MOST_TRIES)
    work_off("host:1:0")
    assert sent.outbox == []
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "lost")


def test_a_worker_that_is_stopped_in_the_middle_leaves_its_task_to_the_next(monkeypatch):
    mail.write("ina@example.com", "You are invited", LINK)
    loop = TaskLoop("host:1:0")
    with monkeypatch.context() as stopped:
        stopped.setattr(mail, "_send", lambda text: loop.end(is_hurried=True))
        loop.run(is_wanted=lambda: True)
    row = DBTaskResult.objects.get()
    assert (row.status, row.finished_at, sent.outbox) == ("READY", None, [])


def test_a_worker_that_is_told_to_finish_ends_its_task_and_begins_no_other(monkeypatch):
    for _ in range(2):
        mail.write("ina@example.com", "You are invited", LINK)
    loop = TaskLoop("host:1:0")
    send = mail._send
    monkeypatch.setattr(mail, "_send", lambda text: (loop.end(is_hurried=False), send(text))[1])
    loop.run(is_wanted=lambda: True)
    assert len(sent.outbox) == 1
    assert (DBTaskResult.objects.successful().count(), DBTaskResult.objects.ready().count()) == (1, 1)


def test_a_database_that_fails_meanwhile_is_no_end(monkeypatch, caplog):
    def locked():
        raise DatabaseError("database is locked")

    mail.write("ina@example.com", "You are invited", LINK)
    loop = TaskLoop("host:1:0")
    with monkeypatch.context() as failing:
        failing.setattr(task_rows, "has_ready", locked)
        failing.setattr("console.management.task_loop.connection", type("Closed", (), {"close": lambda self: None})())
        loop.turn()
    assert "no task was done" in caplog.text
    loop.turn()
    assert len(sent.outbox) == 1
