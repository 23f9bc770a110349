"""Tenant and cloud moved into one column: what was stored beside them still opens, and still fits."""

import pytest
from django.db import connection

from console.core.credential import ClientSecret, Secret
from console.models import Profile as ProfileRow
from console.services import apis, destinations, opening, profiles
from console.store import credentials
from tests.services.builders import with_samples
from tests.services.test_profiles import draft
from tests.store import steps

OLD = "0014_groups_and_shares"


def columns():
    with connection.cursor() as cursor:
        return {one.name for one in connection.introspection.get_table_description(cursor, "console_profile")}


def old_values():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, cloud, tenant FROM console_profile ORDER BY name")
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_credentials_and_accepted_destinations_still_open_after_the_move():
    actor = with_samples()
    outside = profiles.create(actor, draft(api_id=apis.list_apis(actor)[0].id))
    profiles.replace_secret(actor, outside.id, Secret("canary-of-the-move"))
    before = {one.id: one for one in profiles.list_profiles(actor)}

    steps.migrate_to(OLD)
    assert {"cloud", "tenant"} <= columns() and "settings" not in columns()
    assert ("Orders client", "global", before[outside.id].settings["tenant"]) in old_values()

    steps.migrate_to_newest()
    assert not {"cloud", "tenant"} & columns()
    after = {one.id: one for one in profiles.list_profiles(actor)}
    assert after == before
    for profile in after.values():
        assert profile.credential.bound_to == profiles.destination_of(profile)
        assert profile.accepted is not None
        assert destinations.change_of(opening.of_profile(actor, "view", profile.id)) is None
    assert credentials.load(actor, outside.id) == ClientSecret(Secret("canary-of-the-move"))
    assert set(ProfileRow.objects.values_list("settings", flat=True)) >= {
        f'{{"cloud":"global","tenant":"{after[outside.id].settings["tenant"]}"}}'
    }
