"""A worker is everybody's: what one person left to it in great numbers, or slow, keeps nobody else waiting."""

import pytest

from console.core.errors import NotFound
from console.models import Run
from console.services import left_alone, mail, runs, tasks, tick
from console.store import heartbeats, rows
from tests.services.task_queue import queued, work_off  # noqa: F401 (a fixture)
from tests.store import builders

pytestmark = pytest.mark.django_db
NOW = builders.NOW


@pytest.fixture(autouse=True)
def _queued(queued, time_machine):  # noqa: F811 (the fixture)
    time_machine.move_to(NOW, tick=False)


def run_left_alone(owner, number, **columns):
    made = {"owner_id": owner.user_id, "kind": "operation", "state": '""', "created_at": NOW, "not_before": NOW}
    return str(Run.objects.create(id=f"00000000-0000-4000-8000-{number:012}", **made | columns).pk)


def test_what_one_person_left_alone_in_great_numbers_keeps_nobody_waiting(monkeypatch):
    looks = []
    monkeypatch.setattr(runs, "look", lambda actor, run_id: looks.append(actor.user_id))
    many, one = builders.person("many"), builders.person("one")
    for number in range(rows.BATCH + 1):
        run_left_alone(many, number, not_before=NOW - 9)
    run_left_alone(one, 9_999)
    work_off()
    assert (looks.count(one.user_id), looks.count(many.user_id)) == (1, rows.IN_TURN)


@pytest.mark.parametrize("problem", [NotFound("There is no such profile."), ValueError("canary"), None])
def test_work_that_cannot_go_on_takes_no_turn_of_its_owners_others(problem, monkeypatch, time_machine):
    stuck = []

    def look(actor, run_id):
        stuck.append(run_id)
        if problem:
            raise problem

    monkeypatch.setattr(runs, "look", look)
    owner = builders.person("owner")
    made = {run_left_alone(owner, number) for number in range(rows.IN_TURN + 1)}
    work_off()
    time_machine.move_to(NOW + tick.EVERY_S, tick=False)
    work_off()
    assert set(stuck) == made


def test_what_went_on_may_be_looked_at_at_once(monkeypatch):
    owner = builders.person("owner")
    run_id = run_left_alone(owner, 1)
    monkeypatch.setattr(runs, "look", lambda *_: Run.objects.filter(pk=run_id).update(version=1))
    work_off()
    assert Run.objects.get().not_before == NOW


def test_the_heartbeats_of_one_person_keep_nobody_elses_waiting():
    many, one = builders.person("many"), builders.person("one")
    for owner, count in ((many, rows.IN_TURN + 5), (one, 1)):
        for _ in range(count):
            heartbeats.switch(builders.profile(owner).id, every_s=900, now=NOW - (owner is many))
    assert len(heartbeats.due(now=NOW)) == rows.IN_TURN + 1


def test_a_mail_that_somebody_waits_for_overtakes_all_that_goes_on_by_itself(monkeypatch):
    done = []
    monkeypatch.setattr(runs, "look", lambda *_: done.append("look"))
    monkeypatch.setattr(mail, "_send", lambda _: done.append("mail") or "")
    tasks.wake(left_alone.go_on, run_left_alone(builders.person("owner"), 1))
    mail.write("ina@example.com", "You are invited", "Welcome")
    work_off()
    assert done == ["mail", "look"]
