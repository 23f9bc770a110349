"""Calls are found by what was called and by the ids of their answers, by those who may view them."""

import json
import re

import pytest
from django.db import connection

from console.adapters import clock
from console.core.access import SharedWith
from console.core.looked_for import Fit
from console.models import Attempt
from console.services.finder.attempts import FINDER
from console.store import finds, shares
from tests.services.finder.looking import hits
from tests.store import builders, many_attempts
from tests.store.test_case_plans import plans_of

pytestmark = pytest.mark.django_db
TRACE = "3f2504e04f8941d39a0c0305e82c3301"


def attempt(actor, title, *, profile_id=None, **changes):
    record = builders.attempt(actor, profile_id=profile_id, created_at=clock.now())
    Attempt.objects.filter(pk=record.id).update(title=json.dumps(title), **changes)
    return record.id


def found(actor, typed):
    return [hit.key[0] for hit in hits(FINDER, actor, typed)]


@pytest.fixture
def owner():
    return builders.person("owner")


def test_a_call_is_found_by_what_was_called_and_by_ids(owner):
    first = attempt(owner, "GET /orders", also_known_as=TRACE)
    second = attempt(owner, "POST /invoices", status=None)
    assert found(owner, "get /ord") == [first]
    assert found(owner, TRACE.upper()) == found(owner, f"00-{TRACE}-00f067aa0ba902b7-01") == [first]
    assert found(owner, second) == [second]
    (hit,) = hits(FINDER, owner, "post /invoices")
    assert (hit.fit, hit.status) == (Fit.BEGINS, 0)


def test_others_find_what_was_tried_with_a_profile_that_they_may_view(owner):
    other = builders.person("other")
    profile = builders.profile(owner)
    lent, own = attempt(owner, "GET /orders", profile_id=profile.id), attempt(owner, "GET /orders", known_as=TRACE)
    assert found(other, "orders") == found(other, TRACE) == found(other, own) == []
    shares.put(owner, "profile", profile.id, SharedWith(other.user_id), right="view", now=builders.NOW)
    assert found(other, "orders") == found(other, lent) == [lent]
    assert found(other, TRACE) == []


def test_of_very_many_only_the_newest_are_read_and_an_id_by_its_index(owner):
    profile = builders.profile(owner)
    many_attempts.add(2_000, profiles=[(profile.id, owner.user_id)], apis=[builders.api(owner).id], now=clock.now())
    read = finds.attempts(owner, TRACE, now=clock.now())
    assert len(read) <= 2 * finds.RECENT
    if connection.vendor == "sqlite":
        (plan,) = plans_of(lambda: finds.attempts(owner, TRACE, now=clock.now()))
        assert re.findall(r"SCAN (?:console_attempt|[UVW]\d)\b(?! USING COVERING)", plan) == [], plan


@pytest.mark.parametrize("typed", ["\x00", "a\x00b", "\ud800", "%", "'"])
def test_anything_may_be_typed(owner, typed):
    attempt(owner, "GET /orders")
    assert found(owner, typed) == []
