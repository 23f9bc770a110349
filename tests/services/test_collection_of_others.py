"""What another person saved is sent with one's own token as it stood when the collection was saved, or not at all."""

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.collections.collection import CollectionStep
from console.core.compose.draft import RequestDraft
from console.services import collection_runs, collections, opening, saved_requests, sharing
from console.store import attempts
from tests.services.builders import person, with_samples
from tests.services.collection_samples import LIST, opened_sample

pytestmark = pytest.mark.django_db


CHANGED = RequestDraft("POST", "/echo", body="all of it")


def _ran(opened, collection_id):
    run = collection_runs.begin(opened, collection_id)
    collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60)
    return collection_runs.of_run(opened, run.id).value


@pytest.mark.parametrize("later_s", [5, 10], ids=["in the same second", "later"])
def test_what_another_person_changed_since_is_not_sent_before_the_collection_is_saved_again(monkeypatch, later_s):
    opened, guest = opened_sample(with_samples()), person("guest@example.com")
    sharing.give(
        opened.actor, "profile", opened.profile.id, SharedWith(guest.user_id), right="use", reveals_token=False
    )
    theirs = opening.of_profile(guest, "use", opened.profile.id)
    saved = saved_requests.save(theirs, "Check", LIST)
    steps = [CollectionStep(saved.id, "status 200")]
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 5)
    made = collections.make(opened, "Daily", steps, stops_early=False)
    assert _ran(opened, made.id).is_good
    monkeypatch.setattr(clock, "now", lambda: now + later_s)
    saved_requests.save(theirs, "Check", CHANGED)
    found = _ran(opened, made.id)
    assert "changed by another person" in found.steps[0].problem.what
    assert [one.title for one in attempts.list_recent(opened.actor) if one.kind == "call"] == ["GET /orders"]
    monkeypatch.setattr(clock, "now", lambda: now + later_s + 1)
    before = collections.open_collection(opened, made.id).value
    collections.change(opened, before, name="Daily", steps=steps, stops_early=False, version=before.version)
    assert _ran(opened, made.id).steps[0].outcome != "not sent"


def test_what_a_manager_wrote_in_the_place_of_ones_own_request_is_another_persons(monkeypatch):
    opened, manager = opened_sample(with_samples()), person("manager@example.com")
    sharing.give(
        opened.actor, "profile", opened.profile.id, SharedWith(manager.user_id), right="manage", reveals_token=False
    )
    saved = saved_requests.save(opened, "Check", LIST)
    made = collections.make(opened, "Daily", [CollectionStep(saved.id, "status 200")], stops_early=False)
    assert _ran(opened, made.id).is_good
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 10)
    theirs = opening.of_profile(manager, "manage", opened.profile.id)
    assert saved_requests.save(theirs, "Check", CHANGED).id == saved.id
    found = _ran(opened, made.id)
    assert "changed by another person" in found.steps[0].problem.what
    assert [one.title for one in attempts.list_recent(opened.actor) if one.kind == "call"] == ["GET /orders"]
    assert _ran(theirs, made.id).steps[0].outcome != "not sent"
