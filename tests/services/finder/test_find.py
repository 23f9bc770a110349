"""All kinds at once: in order, bounded, and never with what may be secret."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.core.actor import Role
from console.services.finder import FINDERS, find
from console.services.finder.base import SHOWN
from tests.services.builders import with_samples
from tests.services.finder.looking import shown
from tests.store import builders
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
SECRET = "0bq8Q~x1yzABCDEFGHIJKLMNOPQRSTUVWXYZabcd"


def test_a_kind_with_the_exact_one_comes_first_and_of_none_more_than_a_few_are_shown():
    owner = builders.person("owner")
    for number in range(SHOWN + 3):
        builders.profile(owner, name=f"audience {number}")
    found = find(owner, "audience")
    assert len(found.kinds[[one.finder.code for one in found.kinds].index("profile")].hits) == SHOWN
    assert all(len(kind.hits) <= SHOWN for kind in found.kinds)
    builders.profile(owner, name="AADSTS700016 again")
    assert next(iter(shown(owner, "AADSTS700016"))) == "reference"
    assert next(iter(shown(owner, "audience 1"))) == "profile"


def test_a_secret_is_not_looked_for_at_all():
    owner = builders.person("owner")
    builders.profile(owner, name=SECRET)
    with CaptureQueriesContext(connection) as asked:
        found = find(owner, SECRET)
    assert (found.is_secret, found.kinds, len(asked.captured_queries)) == (True, (), 0)


def test_nothing_is_asked_for_nothing_and_of_a_long_text_only_the_reference():
    owner = builders.person("owner")
    with CaptureQueriesContext(connection) as asked:
        assert find(owner, "  ").is_empty
        assert {kind.finder.code for kind in find(owner, "the audience of the token does not match " * 9).kinds} <= {
            "reference"
        }
    assert len(asked.captured_queries) == 0


@pytest.mark.parametrize("role", [*Role])
def test_one_query_for_each_kind_at_most_and_everything_that_is_found_opens(role):
    owner = with_samples()
    case = builders.case(owner)
    actor = builders.person("somebody", role) if role is not Role.INTEGRATOR else owner
    client = signed_in(actor)
    for typed in ("orders", "a", "sample", case.id, "sandbox"):
        with CaptureQueriesContext(connection) as asked:
            found = find(actor, typed)
        assert len(asked.captured_queries) <= len(FINDERS)
        for hit in (hit for kind in found.kinds for hit in kind.hits):
            assert client.get(reverse(hit.opens, args=hit.key)).status_code in (200, 302), hit
    assert shown(actor, "orders")
