"""A preflight is begun once, however often and at whatever moment it is asked for."""

from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connection

from console.adapters import random
from console.core.call import ApiCall
from console.core.errors import NotFound
from console.models import AuditEntry, Run
from console.services import preflight, profiles
from tests.services.builders import with_samples
from tests.services.test_preflight import sample

AT_ONCE = 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_run(monkeypatch):
    actor = with_samples()
    profile, together = sample(actor), Barrier(AT_ONCE, timeout=20)

    def id_after_all_looked(now_us, *, make=random.ordered_id):
        together.wait()
        return make(now_us)

    monkeypatch.setattr(random, "ordered_id", id_after_all_looked)
    found = []

    def click():
        try:
            found.append(preflight.begin(actor, profile.id).id)
        except Exception as problem:
            found.append(problem)
        finally:
            close_old_connections()
            connection.close()

    threads = [Thread(target=click) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == AT_ONCE and len(set(found)) == 1, found
    assert Run.objects.filter(kind=preflight.KIND).count() == 1
    assert AuditEntry.objects.filter(action="preflight began").count() == 1


@pytest.mark.django_db
def test_a_call_that_was_picked_is_not_exchanged_for_the_one_of_a_run_that_goes_on():
    actor = with_samples()
    profile = sample(actor)
    planned = preflight.begin(actor, profile.id)
    picked = preflight.begin(actor, profile.id, call=ApiCall("POST", "/orders"))
    assert picked.id != planned.id and picked.kept["method"] == "POST"
    assert preflight.begin(actor, profile.id).id == planned.id


@pytest.mark.django_db
def test_a_profile_that_is_deleted_at_that_moment_is_said_to_be_gone(monkeypatch):
    actor = with_samples()
    profile = sample(actor)

    def delete_first(now_us):
        profiles.delete(actor, profile.id)
        return random.new_id()

    monkeypatch.setattr(random, "ordered_id", delete_first)
    with pytest.raises(NotFound, match="no such profile"):
        preflight.begin(actor, profile.id)
    assert not Run.objects.exists()
