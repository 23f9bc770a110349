"""How far profiles are, told from their attempts: one query, and only of profiles that the actor may view."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.actor import SYSTEM, Role
from console.core.checklist.stalls import stops_at
from console.store import attempts
from console.store.profile_progress import list_progress
from tests.store import builders

pytestmark = pytest.mark.django_db


def tried(actor, profile, kind, status, cause="", *, api_id=None, at=builders.NOW):
    record = replace(builders.attempt(actor), id=builders.new_id(), kind=kind, profile_id=profile.id, api_id=api_id)
    attempts.add(actor, replace(record, created_at=at, status=status, primary_cause=cause))


@pytest.fixture
def owner():
    return builders.person("owner", Role.INTEGRATOR)


def test_each_profile_stops_where_its_last_attempts_say(owner):
    api = builders.api(owner)
    bare = builders.profile(owner, name="bare", api_id=None)
    refused = builders.profile(owner, name="refused", api_id=api.id)
    tried(owner, refused, "token", 400, "consent-missing", at=builders.NOW + 5)
    calling = builders.profile(owner, name="calling", api_id=api.id)
    tried(owner, calling, "token", 200, at=builders.NOW + 5)
    tried(owner, calling, "call", 401, "audience-other-api", api_id=api.id, at=builders.NOW + 6)
    through = builders.profile(owner, name="through", api_id=api.id)
    tried(owner, through, "token", 200)
    tried(owner, through, "call", 200, api_id=api.id)
    tried(owner, through, "call", 401, "token-expired", api_id=api.id, at=builders.NOW + 7)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = {one.name: one for one in list_progress(owner)}
    assert len(asked) == 1
    assert {name: stops_at(one) for name, one in found.items()} == {
        "bare": "api", "refused": "permission", "calling": "accepted", "through": "",
    }  # fmt: skip
    assert found["calling"].call_cause == "audience-other-api" and found["bare"].id == bare.id


def test_others_profiles_are_not_told_and_the_system_sees_all(owner):
    builders.profile(owner)
    assert list_progress(builders.person("sam", Role.SUPPORT)) == []
    assert list_progress(builders.person("ada", Role.ADMIN)) == []
    assert len(list_progress(SYSTEM)) == 1
    assert list_progress(SYSTEM, limit=0) == []
