"""Which Apis hold a text in their demands, and which profiles have a client id: whose a pasted token is."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.actor import Role
from console.core.api import Expectation
from console.store import apis, homes
from tests.store import builders

pytestmark = pytest.mark.django_db


def demanding(owner, audience):
    """The builders' Api, which from now on accepts that audience alone."""
    api = builders.api(owner)
    draft = replace(api, expectation=Expectation(audiences=(audience,)))
    apis.update(owner, api.id, draft, expected_version=api.version, now=builders.NOW)
    return api.id


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("api://orders", "orders"),
        ("api://Orders", "ORDERS"),
        ("api://100%_sure", "100%_sure"),
        ('api://a"b\\c', 'a"b\\c'),
        ("api://größe", "größe"),
    ],
)
def test_a_text_is_found_anywhere_in_the_demands_and_in_any_letter_case(kept, asked):
    owner = builders.person("owner")
    id_ = demanding(owner, kept)
    assert [one.id for one in homes.holding(owner, asked)] == [id_]


@pytest.mark.parametrize("asked", ["100x", "100%sure", "100__sure", "o%s"])
def test_no_sign_stands_for_others(asked):
    owner = builders.person("owner")
    demanding(owner, "api://100%_sure/orders")
    assert homes.holding(owner, asked) == []


def test_the_api_of_a_stranger_is_not_among_them():
    demanding(builders.person("owner"), "api://orders")
    assert homes.holding(builders.person("stranger"), "orders") == []


def test_no_like_compares_with_the_text():
    """SQLite plans a statement again for each text that a LIKE is given, which took half of this question's time."""
    actor = builders.person("owner")
    with CaptureQueriesContext(connection) as asked:
        homes.holding(actor, "orders")
    (one,) = asked.captured_queries
    assert " LIKE " not in one["sql"]


@pytest.mark.parametrize("audience", ["orders", "ORDERS", "100%_s", "nothing", ""])
@pytest.mark.parametrize("client", ["client", "another", "composed-text-0", ""])
def test_asked_together_both_answer_as_each_does_by_itself(audience, client):
    """In their order, whoever asks, and whichever of them finds anything."""
    owner, admin = builders.person("owner"), builders.person("admin", Role.ADMIN)
    for kept in ("api://orders", "api://100%_sure", "https://orders.example.com"):
        demanding(owner, kept)
    for name in ("Second", "First"):
        builders.profile(owner, name=name, client_id="client")
    for actor in (owner, admin, builders.person("stranger")):
        of_audience = homes.holding(actor, audience) if audience else []
        of_client = homes.of_client(actor, client) if client else []
        assert homes.named(actor, audience, client) == (of_audience, of_client)
    assert bool(homes.named(owner, audience, client)[1]) == (client == "client")


def test_both_are_one_question(django_assert_num_queries):
    owner = builders.person("owner")
    id_ = demanding(owner, "api://orders")
    profile = builders.profile(owner, client_id="client")
    with django_assert_num_queries(1):
        found, of_client = homes.named(owner, "orders", "client")
    assert ([one.id for one in found], [one[0] for one in of_client]) == ([id_], [profile.id])
