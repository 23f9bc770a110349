"""Which Apis hold a text in their demands: the first sieve for whose a pasted token is."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.api import Expectation
from console.store import apis
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
    assert [one.id for one in apis.holding(owner, asked)] == [id_]


@pytest.mark.parametrize("asked", ["100x", "100%sure", "100__sure", "o%s"])
def test_no_sign_stands_for_others(asked):
    owner = builders.person("owner")
    demanding(owner, "api://100%_sure/orders")
    assert apis.holding(owner, asked) == []


def test_the_api_of_a_stranger_is_not_among_them():
    demanding(builders.person("owner"), "api://orders")
    assert apis.holding(builders.person("stranger"), "orders") == []


def test_no_like_compares_with_the_text():
    """SQLite plans a statement again for each text that a LIKE is given, which took half of this question's time."""
    actor = builders.person("owner")
    with CaptureQueriesContext(connection) as asked:
        apis.holding(actor, "orders")
    (one,) = asked.captured_queries
    assert " LIKE " not in one["sql"]
