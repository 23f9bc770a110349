"""Cases are found by number and words, by those who may view them, by their indexes."""

from dataclasses import replace

import pytest
from django.db import connection

from console.adapters import clock
from console.core.actor import Role
from console.core.cases.terms import terms_of
from console.core.looked_for import Fit
from console.models import Case
from console.services.finder.cases import FINDER
from console.store import case_terms, cases, finds
from tests.services.finder.looking import hits
from tests.store import builders, many_cases
from tests.store.test_case_plans import plans_of, reads_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return builders.person("owner")


def case(owner, title):
    now = clock.now()
    record = replace(builders.case_record(owner), title=title, created_at=now, expires_at=now + 1_000)
    cases.create(owner, record)
    case_terms.keep(record.id, terms_of([title]))
    return Case.objects.get(pk=record.id).number


def numbers(actor, typed):
    return [hit.number for hit in hits(FINDER, actor, typed)]


def test_a_number_finds_its_case_and_words_those_that_have_them_all(owner):
    first, second = case(owner, "401 from the orders gateway"), case(owner, "Orders 7 are refused")
    other, support = builders.person("other"), builders.person("sam", Role.SUPPORT)
    for actor in (owner, support):
        assert numbers(actor, f"#{first}") == numbers(actor, f"{first}")[:1] == [f"#{first}"]
        assert sorted(numbers(actor, "orders")) == [f"#{first}", f"#{second}"]
        assert numbers(actor, "gatew ord") == [f"#{first}"]
        assert hits(FINDER, actor, "Orders 7 are refused")[0].fit is Fit.EXACT
        assert numbers(actor, "invoices") == []
    assert numbers(other, "orders") == numbers(other, f"#{first}") == []


@pytest.mark.parametrize("typed", ["\x00", "\ud800", "…", "999999999", "#", "'; --"])
def test_anything_may_be_typed(owner, typed):
    assert hits(FINDER, owner, typed) == []


def test_support_is_answered_by_indexes(owner):
    sam = builders.person("sam", Role.SUPPORT)
    owners = [builders.person(name).user_id for name in ("one", "two", "three")]
    many_cases.add(1, 61, owners=owners, assignee=sam.user_id, reader=sam.user_id, now=builders.NOW)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE console_case, console_caseterm")
            cursor.execute("SET LOCAL enable_seqscan = off")
    for words, number in ((("token", "exp"), None), ((), 12), (("12",), 12)):
        for plan in plans_of(lambda words=words, number=number: finds.cases(sam, words, number, now=builders.NOW)):
            assert reads_all(plan) == [], plan
