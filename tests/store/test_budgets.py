"""Budgets in rows: one statement takes, so that many at once never take more than is there."""

import threading

import pytest
from django.db import connection

from console.core.budget import SECOND_US, Work
from console.models import WorkBudget
from console.store import budgets
from tests.patience import LONG_S, finish
from tests.store import builders

NOW_US = builders.NOW * SECOND_US


@pytest.fixture
def three_calls(settings):
    settings.CONSOLE_CALLS_PER_MINUTE = 3


def take(actor, work=Work.CALL, *, later_s=0, units=1):
    return budgets.take(actor.user_id, work, now_us=NOW_US + later_s * SECOND_US, units=units)


@pytest.mark.django_db
def test_each_person_has_a_bucket_for_each_work_of_their_own(three_calls):
    ann, ben = builders.person("ann"), builders.person("ben")
    assert [take(ann) for _ in range(5)] == [0, 0, 0, 20, 20]
    assert take(ben) == take(ann, Work.KEY_FILE) == 0
    assert (take(ann, later_s=19), take(ann, later_s=20), take(ann, later_s=20)) == (1, 0, 20)


@pytest.mark.django_db
def test_what_is_charged_afterwards_is_counted_and_then_waited_for(settings):
    settings.CONSOLE_KEPT_MB_PER_DAY = 1
    ann = builders.person("ann")
    for units in (2**19, 2**20):
        assert budgets.seconds_until(ann.user_id, Work.KEPT, now_us=NOW_US) == 0
        budgets.charge(ann.user_id, Work.KEPT, now_us=NOW_US, units=units)
    assert budgets.seconds_until(ann.user_id, Work.KEPT, now_us=NOW_US) == 43_201


@pytest.mark.django_db
def test_full_buckets_are_pruned_a_few_at_a_time():
    people = [builders.person(f"p{number}") for number in range(3)]
    for person in people:
        take(person)
    assert budgets.prune(now=builders.NOW - 1, limit=10) == 0
    assert (budgets.prune(now=builders.NOW + 60, limit=2), budgets.prune(now=builders.NOW + 60, limit=2)) == (2, 1)
    assert not WorkBudget.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_burst_gets_through(three_calls):
    ann = builders.person("ann")
    begin, waits = threading.Barrier(8), []

    def ask():
        begin.wait(LONG_S)
        waits.append(take(ann))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    finish(*threads)
    assert sorted(wait > 0 for wait in waits) == [False] * 3 + [True] * 5
