"""SQL that is written out says what it is to say, and asks for no more than its caller may know."""

import pytest

from console.core.access import SharedWith
from console.core.errors import NotFound
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.models import FarSideTrouble
from console.services import opening, sharing
from console.store import policies, statements, troubles
from tests.store import builders
from tests.store.builders import NOW

pytestmark = pytest.mark.django_db


def test_names_of_columns_stand_in_quotes_because_some_are_words_of_sql():
    assert statements.insertion(FarSideTrouble, "grant", "values") == (
        'INSERT INTO console_farsidetrouble ("grant", "values") VALUES (%s, %s)'
    )
    assert (
        statements.instead(("grant", "scope")) == 'DO UPDATE SET "grant" = excluded."grant", "scope" = excluded."scope"'
    )


def test_a_statement_gives_its_rows_and_how_many_it_changed():
    owner = builders.person("owner")
    troubles.failed(owner.user_id, "https://a.example", now=NOW)
    count = f"UPDATE {statements.table(FarSideTrouble)} SET failures = failures + %s WHERE person_id = %s"
    assert statements.changed(count, 2, owner.user_id) == 1
    assert statements.changed(count, 2, owner.user_id + 1_000) == 0
    assert troubles.in_a_row(owner.user_id, "https://a.example") == (3, NOW)


def test_a_success_forgets_failures_of_that_far_side_and_person_alone():
    owner, other = builders.person("owner"), builders.person("other")
    for who, where in ((owner, "https://a.example"), (owner, "https://b.example"), (other, "https://a.example")):
        troubles.failed(who.user_id, where, now=NOW)
    troubles.succeeded(owner.user_id, "https://a.example")
    assert troubles.in_a_row(owner.user_id, "https://a.example") == troubles.NONE
    assert troubles.in_a_row(owner.user_id, "https://b.example") == (1, NOW)
    assert troubles.in_a_row(other.user_id, "https://a.example") == (1, NOW)


@pytest.mark.parametrize(("right", "is_told"), [("view", False), ("use", True)])
def test_what_is_kept_with_a_policy_comes_with_the_profile_for_who_may_use_its_api(right, is_told):
    owner, guest = builders.person("owner"), builders.person("guest")
    api = builders.api(owner)
    profile = builders.profile(owner, api_id=api.id)
    kept = PolicySettings((KeptValue("named-value", "tenant", "contoso", is_secret=True),), {})
    policies.put_settings(owner, api.id, kept)
    sharing.give(owner, "profile", profile.id, SharedWith(guest.user_id), right="use")
    sharing.give(owner, "api", api.id, SharedWith(guest.user_id), right=right)
    assert opening.of_profile(owner, "use", profile.id).policy_settings == kept
    opened = opening.of_profile(guest, "use", profile.id)
    if is_told:
        assert opened.policy_settings == kept
        return
    with pytest.raises(NotFound):
        _ = opened.policy_settings
