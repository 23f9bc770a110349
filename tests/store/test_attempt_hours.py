"""Attempts are counted by the hour, by the database, in every way in which they come, change and go."""

from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Min
from django.test.utils import CaptureQueriesContext

from console.core.attempts.history import HOUR_S, HistoryFilter
from console.models import Attempt, AttemptHour
from console.models.attempt_hour import NOTHING
from console.store import attempt_hours, attempts, history, profiles, seen
from tests.store import builders

pytestmark = pytest.mark.django_db
NOW = builders.NOW // HOUR_S * HOUR_S
TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'console_attempt'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'console_attempt'::regclass AND NOT tgisinternal",
}


@pytest.fixture
def actor():
    return builders.person("ina")


def tried(actor, *, at=NOW, status=401, cause="token-expired", **other):
    """An attempt with its columns as wanted."""
    made = replace(
        builders.attempt_record(profile_id=other.pop("profile_id", None), created_at=at),
        status=status,
        primary_cause=cause,
        **other,
    )
    attempts.add(actor, made)
    return made


def counted():
    names = ("hour", "owner_id", "profile_ref", "api_ref", "kind", "status", "cause", "attempts")
    return sorted(AttemptHour.objects.values_list(*names), key=str)


def as_they_are():
    rows = Attempt.objects.annotate(hour=F("created_at") / HOUR_S).order_by()
    found = rows.values_list("hour", "owner_id", "profile_id", "api_id", "kind", "status", "primary_cause")
    return sorted(
        (
            (hour, owner, profile or NOTHING, api or NOTHING, kind, status or 0, cause, count)
            for hour, owner, profile, api, kind, status, cause, count in found.annotate(Count("id"))
        ),
        key=str,
    )


def test_the_triggers_are_there_after_all_migrations():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        assert cursor.fetchone()[0] == 3


def test_the_counts_follow_what_is_added_changed_deleted_and_pruned(actor):
    profile = builders.profile(actor)
    for at in (NOW, NOW + 1, NOW + HOUR_S - 1, NOW + HOUR_S, NOW - 1):
        tried(actor, at=at, profile_id=profile.id)
    last = tried(actor, at=NOW + 5, status=None, cause="", kind="call")
    tried(builders.person("other"), at=NOW)
    assert counted() == as_they_are()
    assert sum(row[-1] for row in counted()) == 7
    Attempt.objects.filter(status=401).update(primary_cause="wrong-audience")
    assert counted() == as_they_are()
    attempts.delete(actor, last.id)
    assert counted() == as_they_are()
    profiles.delete(actor, profile.id)
    assert counted() == as_they_are()
    assert attempts.prune(before=NOW + 1) == 3
    assert counted() == as_they_are()
    Attempt.objects.all().delete()
    assert counted() == []


def test_the_first_and_the_last_moment_are_kept(actor):
    for at in (NOW + 30, NOW + 10, NOW + 20):
        tried(actor, at=at)
    assert AttemptHour.objects.aggregate(first=Min("first_at"), last=Max("last_at")) == {
        "first": NOW + 10,
        "last": NOW + 30,
    }


def test_only_what_the_actor_may_see_is_counted_and_listed(actor):
    other = builders.person("other")
    mine, theirs = builders.profile(actor), builders.profile(other)
    own = tried(actor, profile_id=mine.id)
    with_mine = tried(other, profile_id=mine.id)
    tried(other, profile_id=theirs.id)
    outlives = tried(actor, profile_id=theirs.id)
    whose = seen.of(actor)
    expected = {own.id, with_mine.id, outlives.id}
    assert {line.id for line in history.lines(whose, HistoryFilter(), limit=9)} == expected
    assert sum(one.attempts for one in attempt_hours.counts(whose, HistoryFilter(), step_h=1)) == 3
    assert [address for _, address in attempt_hours.people_of(whose, since=None)] == sorted(
        ["ina@example.org", "other@example.org"]
    )
    assert sum(one.attempts for one in attempt_hours.counts(seen.EVERYBODY, HistoryFilter(), step_h=1)) == 4


def test_pages_go_on_where_the_last_one_ended_within_one_second(actor):
    ids = [tried(actor, at=NOW + number // 3).id for number in range(8)]
    whose, found, before = seen.of(actor), [], None
    while page := history.lines(whose, HistoryFilter(), limit=3, before=before):
        found += [line.id for line in page]
        before = page[-1].place
    assert sorted(found) == sorted(ids)
    assert len(found) == len(set(found)) == 8


FILTERS = {
    "cause": (HistoryFilter(cause="token-expired"), {"b", "d"}),
    "no cause": (HistoryFilter(cause="none"), {"a", "e"}),
    "a status": (HistoryFilter(status="403"), {"c"}),
    "refused": (HistoryFilter(status="refused"), {"b", "c"}),
    "2xx": (HistoryFilter(status="2xx"), {"a"}),
    "5xx": (HistoryFilter(status="5xx"), {"d"}),
    "no answer": (HistoryFilter(status="none"), {"e"}),
    "kind": (HistoryFilter(kind="call"), {"c"}),
    "from": (HistoryFilter(since=NOW + 3 * HOUR_S), {"d", "e"}),
    "to": (HistoryFilter(until=NOW + HOUR_S), {"a"}),
    "another person": (HistoryFilter(person_id=0), set()),
    "part of the path": (HistoryFilter(text="ORDERS/1"), {"c"}),
    "a percent sign is one": (HistoryFilter(text="%"), set()),
    "an id that the answer carried": (HistoryFilter(text=" 0AF7651916cd43dd8448eb211c80319c "), {"d"}),
    "two things at once": (HistoryFilter(cause="token-expired", status="5xx"), {"d"}),
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_part_of_the_filter_narrows_the_list_and_the_counts_alike(actor, name):
    wanted, expected = FILTERS[name]
    rows = {
        "a": {"status": 200, "cause": ""},
        "b": {"status": 401, "cause": "token-expired"},
        "c": {"status": 403, "cause": "missing-role", "kind": "call", "title": "GET /orders/17"},
        "d": {"status": 503, "cause": "token-expired"},
        "e": {"status": None, "cause": ""},
    }
    ids = {tried(actor, at=NOW + place * HOUR_S, **row).id: key for place, (key, row) in enumerate(rows.items())}
    known = next(one for one, key in ids.items() if key == "d")
    Attempt.objects.filter(pk=known).update(also_known_as="0af7651916cd43dd8448eb211c80319c")
    whose = seen.of(actor)
    assert {ids[line.id] for line in history.lines(whose, wanted, limit=9)} == expected
    if not wanted.text:
        assert sum(one.attempts for one in attempt_hours.counts(whose, wanted, step_h=1)) == len(expected)


@pytest.mark.parametrize("wanted", [HistoryFilter(), HistoryFilter(cause="token-expired")], ids=["all", "cause"])
def test_a_page_is_found_in_indexes_alone_and_no_table_is_read_whole(actor, wanted):
    profile = builders.profile(actor)
    tried(actor, profile_id=profile.id)
    whose = seen.of(actor)
    with CaptureQueriesContext(connection) as asked:
        history.lines(whose, replace(wanted, since=NOW), limit=5)
        attempt_hours.counts(whose, replace(wanted, since=NOW), step_h=1)
    for one in asked.captured_queries:
        plan = explained(one["sql"])
        assert not [line for line in plan if "SCAN console_attempt" in line or "Seq Scan on console_att" in line], plan
    if connection.vendor == "postgresql":
        assert not [line for line in explained(asked[0]["sql"]) if "SubPlan" in line], "it would read the whole table"
    if connection.vendor == "sqlite":
        ways = " ".join(line for line in explained(asked[0]["sql"]) if "USING COVERING INDEX attempts_" in line)
        assert "(owner_id=? AND" in ways, "what somebody tried stays in its index"
        assert "(profile_id=? AND" in ways, "and what was tried with their profiles too"


def explained(sql):
    """The plan of a statement; PostgreSQL would read so few rows whole, unless it is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]


def test_refusals_are_told_by_cause_and_profile_without_what_was_answered_well_or_is_older(actor):
    tried(actor, at=NOW + 5, kind="call")
    tried(actor, at=NOW + 9, status=400)
    tried(actor, status=200)
    tried(actor, status=500)
    tried(actor, status=None)
    tried(actor, at=NOW - 1)
    tried(actor, cause="", kind="call")
    found = attempt_hours.refusals(seen.of(actor), since=NOW)
    assert {(one.cause, one.profile_id, one.count, one.tokens, one.first_at) for one in found} == {
        ("token-expired", None, 2, 1, NOW + 5),
        ("", None, 1, 0, NOW),
    }
    assert attempt_hours.refusals(seen.of(builders.person("eve")), since=NOW) == []
