"""What an auth matrix tried is no failure: it stays in the list under its own name, and in no sum of what failed."""

import pytest
from django.urls import reverse

from console.core.actor import Role
from console.core.attempts.history import OF_MATRIX, HistoryFilter
from console.core.call import ApiCall
from console.models import Attempt, AttemptHour
from console.services import calls, history, home, refusal_hours, turning
from console.store import attempts
from tests.services.builders import person, with_samples
from tests.services.test_matrix import opened_as, tried
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def opened(actor):
    opened = opened_as(actor)
    tried(opened, "without-token", "twice")
    return opened


def ids_of(kind):
    return [
        str(one) for one in Attempt.objects.filter(kind=kind).order_by("created_at", "pk").values_list("pk", flat=True)
    ]


def test_its_refusals_count_nowhere_and_stay_in_the_list(actor, opened):
    page, support = history.read(actor, HistoryFilter()), person("sam@example.com", Role.SUPPORT)
    assert (page.picture.count, page.picture.causes) == (0, 0)
    assert sum(line.status == 401 for line in page.lines) == 2
    assert {line.kind for line in page.lines} == {OF_MATRIX, "token"}
    assert refusal_hours.per_hour(support, of_everybody=True).count == 0
    found = home.of_actor(actor)
    assert (found.refused.count, found.troubles) == (0, ())
    assert not next(one for one in found.states if one.profile.id == opened.profile.id).answers
    asked = history.read(actor, HistoryFilter(kind=OF_MATRIX))
    assert (asked.picture.count, len(asked.lines)) == (2, 3)
    assert sum(AttemptHour.objects.filter(kind=OF_MATRIX).values_list("attempts", flat=True)) == 3


def test_what_was_sent_in_earnest_still_counts(actor, opened):
    calls.send(actor, opened.profile.id, ApiCall("GET", "/nothing-here"))
    page = history.read(actor, HistoryFilter())
    assert (page.picture.count, page.picture.causes) == (1, 1)
    assert [one.times for one in home.of_actor(actor).troubles] == [1]
    assert len(history.read(actor, HistoryFilter(kind="call")).lines) == 1


def test_nobody_is_asked_what_changed_about_a_refusal_that_was_wanted(actor, opened):
    client = signed_in(actor)
    assert "What changed?" not in client.get(reverse("calls")).text
    assert "What changed?" not in client.get(reverse("call", args=[ids_of(OF_MATRIX)[1]])).text
    meant = calls.send(actor, opened.profile.id, ApiCall("GET", "/orders", sends_token=False))
    assert "What changed?" in client.get(reverse("calls")).text
    assert "What changed?" in client.get(reverse("call", args=[meant.attempt_id])).text


def test_each_opens_compares_and_replays_as_a_call(actor, opened):
    client, (usual, *refused) = signed_in(actor), ids_of(OF_MATRIX)
    text = client.get(reverse("calls")).content.decode()
    assert text.count('<span class="chip">auth matrix</span>') == 3
    assert "Nothing refused" in text
    shown = client.get(reverse("call", args=[refused[0]])).content.decode()
    assert '<span class="chip">auth matrix</span>' in shown
    assert "?replay=" in shown
    assert client.get(reverse("call-since", args=[refused[1]])).status_code == 200
    compared = client.get(reverse("compare"), {"attempt": [usual, refused[0]]})
    assert "inspect/compared_attempts.html" in [one.name for one in compared.templates]
    record = attempts.get(actor, refused[0]).value
    assert (record.kind, record.is_of_matrix) == ("call", True)
    assert turning.of_attempt(actor, refused[1]) is not None
