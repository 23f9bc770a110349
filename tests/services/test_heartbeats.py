"""Heartbeats end to end at the sandbox, driven tick by tick: up, red with a case and mails, green, stopped, put off."""

import pytest
from django.core import mail as sent

from console.core.access import SharedWith
from console.core.cases.state import CaseState
from console.core.errors import Busy, NotAllowed, NotFound
from console.core.heartbeat import CONFIRM_S, HeartbeatState
from console.models import Case, Person, Share
from console.services import beats, budget, cases, heartbeats, preflight, profiles, sandbox, sharing, tick
from console.store import audit
from console.store import heartbeats as store
from tests.services.builders import person, with_samples
from tests.services.task_queue import queued, work_off  # noqa: F401 (a fixture)
from tests.store import builders

pytestmark = pytest.mark.django_db
NOW, EVERY = builders.NOW, 900
SAMPLE = "Sample: orders with a secret"


class Clock:
    """Moves on, ticks, and has the tasks done."""

    def __init__(self, time_machine):
        self._time_machine, self.now = time_machine, NOW
        time_machine.move_to(NOW, tick=False)

    def pass_(self, seconds):
        self.now += seconds
        self._time_machine.move_to(self.now, tick=False)
        tick.tick()
        return work_off()


@pytest.fixture
def time(queued, time_machine):  # noqa: F811 (the fixture)
    return Clock(time_machine)


@pytest.fixture
def ina(time):
    return with_samples()


@pytest.fixture
def profile(ina):
    return next(one for one in profiles.list_profiles(ina) if one.name == SAMPLE)


@pytest.fixture
def beating(ina, profile):
    heartbeats.switch(ina, profile.id, every_s=EVERY)
    assert "beat" in work_off()
    return profile


def turn_red(ina, time):
    sandbox.set_fault(ina, "missing-role")
    time.pass_(EVERY)
    time.pass_(CONFIRM_S)


def subjects():
    return [letter.subject.removeprefix("[Token Console] ") for letter in sent.outbox]


def test_it_is_off_until_it_is_switched_on_and_then_beats_at_its_pause(ina, profile, time):
    assert heartbeats.of_profile(ina, profile.id).record is None
    heartbeats.switch(ina, profile.id, every_s=EVERY)
    assert work_off().count("beat") == 1
    found = heartbeats.of_profile(ina, profile.id)
    assert (found.state, len(found.measured), found.day.words, found.call) == (
        HeartbeatState.UP,
        1,
        "100 %",
        "GET /orders",
    )
    assert "beat" not in time.pass_(EVERY - 1)
    assert time.pass_(1).count("beat") == 1
    heartbeats.switch(ina, profile.id, every_s=0)
    assert "beat" not in time.pass_(EVERY)
    assert heartbeats.of_profile(ina, profile.id).state is HeartbeatState.UNKNOWN
    assert sent.outbox == []


def test_two_failures_turn_it_red_open_one_case_and_tell_and_green_closes_it(ina, beating, time):
    sandbox.set_fault(ina, "missing-role")
    time.pass_(EVERY)
    assert heartbeats.of_profile(ina, beating.id).state is HeartbeatState.UP
    assert (Case.objects.count(), subjects()) == (0, [])
    time.pass_(CONFIRM_S)
    found = heartbeats.of_profile(ina, beating.id)
    assert (found.state, found.record.standing.since) == (HeartbeatState.DOWN, time.now)
    assert found.measured[0].stage in ("checks", "policy", "call")
    case = cases.open_case(ina, found.record.case_id)
    assert (case.record.profile_id, case.record.api_name != "", case.record.state) == (beating.id, True, CaseState.NEW)
    assert case.diagnosis.primary.cause == "app-permission-not-granted"
    assert subjects().count("A heartbeat turned red") == 1
    letter = next(one for one in sent.outbox if "turned red" in one.subject)
    assert (letter.to, f"/cases/{found.record.case_id}/" in letter.body) == ([ina.email], True)
    time.pass_(EVERY)
    assert heartbeats.of_profile(ina, beating.id).record.case_id == found.record.case_id
    assert subjects().count("A heartbeat turned red") == 1
    sandbox.set_fault(ina, None)
    time.pass_(EVERY)
    after = heartbeats.of_profile(ina, beating.id)
    assert (after.state, after.record.case_id) == (HeartbeatState.UP, None)
    closed = cases.open_case(ina, found.record.case_id).record
    assert closed.state is CaseState.CLOSED
    assert "The heartbeat is green again" in repr(closed)
    assert subjects().count("A heartbeat is green again") == 1
    assert (after.day.good, after.day.measured) == (2, 5)
    turns = [entry.detail for entry in audit.recent() if entry.action == "heartbeat turned"]
    assert turns == ["up", "down"]


def test_who_it_is_shared_with_hears_when_they_choose_to_and_only_while_they_may_see_it(ina, beating, time):
    una, ida = person("una@example.com"), person("ida@example.com")
    for one in (una, ida):
        share(ina, beating.id, one, "view")
    heartbeats.hear(una, beating.id, wants=True)
    heartbeats.hear(ina, beating.id, wants=False)
    with pytest.raises(NotFound):
        heartbeats.hear(person("eve@example.com"), beating.id, wants=True)
    turn_red(ina, time)
    assert [one.to for one in sent.outbox if "turned red" in one.subject] == [[una.email]]
    take_away(ina, beating.id, una)
    sandbox.set_fault(ina, None)
    time.pass_(EVERY)
    assert "A heartbeat is green again" not in subjects()


def share(actor, profile_id, who, right):
    sharing.give(actor, "profile", profile_id, SharedWith(who.user_id), right=right)


def take_away(ina, profile_id, who):
    Share.objects.filter(profile_id=profile_id, person_id=who.user_id).delete()


def test_a_closed_account_stops_it_with_a_sentence(ina, beating, time):
    Person.objects.filter(pk=ina.user_id).update(is_active=False)
    time.pass_(EVERY)
    record = store.of_profile(beating.id)
    assert record.stopped == "The account of the profile’s owner is closed, and a heartbeat acts for its owner."
    assert "beat" not in time.pass_(EVERY)
    assert store.newest(beating.id, limit=9)[0].at == NOW


def test_what_the_console_refuses_stops_it_and_its_owner_is_told(ina, beating, time, monkeypatch):
    def refuse(*_, **__):
        raise NotAllowed("The API leads elsewhere now.", why="Its address was changed.", do="Accept it first.")

    monkeypatch.setattr(preflight, "begin", refuse)
    time.pass_(EVERY)
    assert (
        store.of_profile(beating.id).stopped == "The API leads elsewhere now. Its address was changed. Accept it first."
    )
    assert subjects() == ["A heartbeat has stopped"]
    monkeypatch.undo()
    heartbeats.switch(ina, beating.id, every_s=EVERY)
    assert store.of_profile(beating.id).is_on


def test_its_owners_own_calls_come_first(ina, beating, time, settings):
    settings.CONSOLE_CALLS_PER_MINUTE = 10
    with budget.calling(ina, units=8), pytest.raises(Busy):
        budget.must_have_spare(ina)
    time.now += EVERY
    time._time_machine.move_to(time.now, tick=False)
    with budget.calling(ina, units=8):
        pass
    tick.tick()
    work_off()
    assert len(store.newest(beating.id, limit=9)) == 1
    time.pass_(beats.AGAIN_S)
    assert len(store.newest(beating.id, limit=9)) == 2


def test_a_time_without_a_worker_is_unknown_and_counts_in_no_share(ina, beating, time):
    time.now += 5 * EVERY
    time._time_machine.move_to(time.now, tick=False)
    found = heartbeats.of_profile(ina, beating.id)
    assert (found.state, found.day.measured) == (HeartbeatState.UNKNOWN, 1)
    tick.tick()
    work_off()
    found = heartbeats.of_profile(ina, beating.id)
    assert (found.state, found.record.standing.since, found.day.measured) == (HeartbeatState.UP, time.now, 2)


def test_two_workers_make_one_heartbeat(ina, beating, time):
    time.now += EVERY
    time._time_machine.move_to(time.now, tick=False)
    for _ in range(2):
        beats.beat.enqueue(beating.id)
    work_off()
    assert len(store.newest(beating.id, limit=9)) == 2


def test_a_worker_that_dies_in_the_middle_leaves_the_preflight_to_the_next(ina, beating, time, monkeypatch):
    def die(*_, **__):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(preflight, "go_on", die)
        time.pass_(EVERY)
    begun = store.of_profile(beating.id)
    assert begun.run_id is not None
    time.pass_(beats.CLAIMED_S)
    measured = store.newest(beating.id, limit=9)
    assert (len(measured), measured[0].run_id) == (2, begun.run_id)


def test_a_turn_that_could_not_be_told_is_told_by_the_next_task(ina, beating, time, monkeypatch):
    with monkeypatch.context() as dying:
        dying.setattr(beats, "_tell", lambda *_: None)
        turn_red(ina, time)
    assert (subjects(), store.of_profile(beating.id).is_told) == ([], False)
    time.pass_(60)
    assert subjects().count("A heartbeat turned red") == 1
    assert store.of_profile(beating.id).case_id is not None


def test_who_only_uses_a_profile_does_not_switch_it_and_no_other_pause_is_taken(ina, profile):
    una = person("una@example.com")
    share(ina, profile.id, una, "use")
    with pytest.raises(NotFound):
        heartbeats.switch(una, profile.id, every_s=EVERY)
    with pytest.raises(NotAllowed):
        heartbeats.switch(ina, profile.id, every_s=1)
