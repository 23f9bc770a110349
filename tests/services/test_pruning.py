"""The console deletes by itself what has had its time: once a day, one process, in small steps."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from console.models import Attempt
from console.services import pruning
from console.store import leases, rate_limits
from tests.patience import LONG_S, finish
from tests.store import builders

NOW = builders.NOW
DAY_S = pruning.DAY_S
OLD = NOW - 91 * DAY_S


@pytest.fixture
def old_attempts(time_machine, monkeypatch):
    """Three attempts that have had their time, and steps of two rows."""
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(pruning, "STEP_ROWS", 2)
    owner = builders.person("owner")
    for _ in range(3):
        builders.attempt(owner, created_at=OLD)
    builders.attempt(owner, created_at=NOW)


@pytest.mark.django_db
def test_small_steps_follow_each_other_until_nothing_is_left_and_then_a_day_passes(old_attempts, time_machine):
    assert pruning.prune_if_due()["attempts"] == 2
    assert pruning.prune_if_due() is None, "the step of this minute is made"
    time_machine.move_to(NOW + pruning.STEP_EVERY_S, tick=False)
    assert pruning.prune_if_due()["attempts"] == 1
    time_machine.move_to(NOW + pruning.STEP_EVERY_S + DAY_S - 1, tick=False)
    assert pruning.prune_if_due() is None
    time_machine.move_to(NOW + pruning.STEP_EVERY_S + DAY_S, tick=False)
    assert pruning.prune_if_due()["attempts"] == 0
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_exactly_one_prunes(old_attempts):
    begin, results = threading.Barrier(4), []

    def look():
        begin.wait(LONG_S)
        results.append(pruning.prune_if_due())
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    finish(*threads)
    assert sorted(result is not None for result in results) == [False, False, False, True]


@pytest.mark.django_db
def test_the_command_deletes_all_of_it_at_once(old_attempts):
    assert pruning.prune_all()["attempts"] == 3
    assert pruning.prune_all(keep_days=1)["attempts"] == 0


@pytest.mark.django_db
def test_sessions_and_sign_in_counters_that_are_over_go_and_others_stay(time_machine):
    time_machine.move_to(NOW, tick=False)
    for age in (-DAY_S, DAY_S):
        session = SessionStore()
        session.save()
        Session.objects.filter(pk=session.session_key).update(expire_date=datetime.fromtimestamp(NOW + age, UTC))
    cache.set("short", 1, 10)
    cache.set("long", 1, 1000)
    time_machine.move_to(NOW + 20, tick=False)
    deleted = pruning.prune_all()
    assert (deleted["sessions"], Session.objects.count(), deleted["rate limits"]) == (1, 1, 1)
    assert cache.get("long") == 1
    assert rate_limits.prune(now=NOW + 2000, limit=0) == 0


@pytest.mark.django_db
def test_a_lease_is_extended_by_its_holder_alone():
    leases.acquire("k", holder="a", now=NOW, until=NOW + 60)
    assert not leases.extend("k", holder="b", until=NOW + 90)
    assert leases.extend("k", holder="a", until=NOW + 90)
    assert not leases.acquire("k", holder="b", now=NOW + 70, until=NOW + 99)
