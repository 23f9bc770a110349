"""How the databases answer what the queue asks: by an index that is in its order, and never by reading all cases."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.actor import Role
from console.core.cases.listing import CaseFilter, QueuePlace
from console.models import Case
from console.store import case_news, case_queue
from tests.store import builders, many_cases

pytestmark = pytest.mark.django_db
NOW = builders.NOW
CASES = 60
ASKED = {
    "open": (CaseFilter(), "case_by_open"),
    "solved": (CaseFilter(tab="solved"), "case_by_state"),
    "api": (CaseFilter(api=str(many_cases.api_id(1))), "case_by_api"),
    "profile": (CaseFilter(profile=str(many_cases.profile_id(1))), "case_by_profile"),
    "cause": (CaseFilter(cause="token-expired"), "case_by_cause"),
    "person": (CaseFilter(person="1"), "case_by_owner"),
    "assignee": (CaseFilter(assignee="1"), "case_by_assignee"),
    "nobody": (CaseFilter(assignee="nobody"), "case_by_assignee"),
    "like": (CaseFilter(like=1), "case_by_likeness"),
    "word": (CaseFilter(words=("token",)), "case_by_term"),
    "news": (CaseFilter(has_news=True), "once_news_of_a_case|sqlite_autoindex_console_casenews"),
}
ORDERED = ("open", "solved", "api", "profile", "cause", "person", "assignee", "nobody", "like")


@pytest.fixture
def sam():
    """Somebody of support, with a queue; on PostgreSQL the planner is kept from reading small tables whole."""
    owners = [builders.person(name).user_id for name in ("one", "two", "three")]
    sam = builders.person("sam", Role.SUPPORT)
    many_cases.add(1, CASES + 1, owners=owners, assignee=sam.user_id, reader=sam.user_id, now=NOW)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE console_case, console_caseterm, console_casenews")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return sam


def plans_of(ask):
    """How each query of it is answered, as the database tells it."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    plans = []
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {query['sql']}")
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return plans


def reads_all(plan):
    """The tables of cases, words or news that are read from the beginning to the end."""
    if connection.vendor == "postgresql":
        return re.findall(r"Seq Scan on (console_case\w*)", plan)
    return [name for name in re.findall(r"SCAN (\w+)", plan) if name != "counted"]


def page(actor, wanted, after=None):
    return case_queue.page(actor, wanted, now=NOW, after=after, limit=5)


@pytest.mark.parametrize("name", ASKED)
def test_each_filter_is_answered_by_its_index(sam, name):
    wanted, index = ASKED[name]
    plans = plans_of(lambda: page(sam, wanted))
    assert [reads_all(plan) for plan in plans] == [[]] * len(plans), plans
    if connection.vendor == "sqlite":  # PostgreSQL may find another as cheap where there are few rows
        assert re.search(index, "\n".join(plans)), plans


@pytest.mark.parametrize("name", ORDERED)
def test_a_page_is_read_in_the_order_of_an_index_and_nothing_is_sorted(sam, name):
    (first, *_) = plans_of(lambda: page(sam, ASKED[name][0]))
    (behind, *_) = plans_of(lambda: page(sam, ASKED[name][0], QueuePlace(NOW - 1, CASES)))
    for plan in (first, behind):
        assert reads_all(plan) == [], plan
        if connection.vendor == "sqlite" or name in ("open", "solved"):  # PostgreSQL sorts what a filter leaves few of
            assert "TEMP B-TREE" not in plan, plan
            assert "Sort" not in plan, plan


def test_tabs_are_counted_in_the_index_alone_and_no_further_than_is_shown(sam, monkeypatch):
    (plan,) = plans_of(lambda: case_queue.counts(sam, now=NOW))
    assert reads_all(plan) == []
    if connection.vendor == "sqlite":
        assert plan.count("USING COVERING INDEX case_by_state") == 7
        assert plan.count("USING COVERING INDEX case_by_open") == 1
    monkeypatch.setattr(case_queue, "MANY", 3)
    counted = case_queue.counts(sam, now=NOW)
    assert counted["open"] == 3
    assert counted["solved"] == 3


def test_the_badge_is_one_query_that_begins_with_the_readers_news(sam):
    (plan,) = plans_of(lambda: case_news.count(sam, now=NOW))
    assert reads_all(plan) == []
    assert case_news.count(sam, now=NOW) == sum(1 for number in range(1, CASES + 1) if number % 3 == 0)
    assert case_news.count(sam, now=NOW + 91 * many_cases.DAY_S) == 0


def test_what_an_integrator_sees_is_led_by_what_is_theirs(sam):
    owner = builders.person("own", Role.INTEGRATOR)
    Case.objects.filter(number__lte=5).update(owner_id=owner.user_id)
    assert sorted(row.number for row in page(owner, CaseFilter())) == [1, 2, 3, 4, *([] if _is_over(5) else [5])]
    for ask in (lambda: page(owner, CaseFilter()), lambda: case_news.count(owner, now=NOW)):
        for plan in plans_of(ask):
            assert reads_all(plan) == [], plan


def _is_over(number):
    return not many_cases.STATES[number % len(many_cases.STATES)].is_open
