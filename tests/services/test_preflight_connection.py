"""A preflight of what somebody signed in for, with its refresh token; and of a run that several look at at once."""

import threading

import pytest
from django.db import connection as database

from console.adapters import clock
from console.core.preflight.base import StageStatus
from console.services import preflight, profiles, wiring
from tests.patience import LONG_S, finish
from tests.services.builders import person, with_samples
from tests.services.signing_in import running, signed_in_connection


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.mark.django_db
def test_the_token_of_a_connection_is_renewed_and_its_stages_are_made(server):
    actor = person()
    connection = signed_in_connection(actor, server)
    run = preflight.begin(actor, connection.profile_id, connection_id=connection.id)
    preflight.go_on(actor, run.id, until_s=clock.monotonic() + LONG_S)
    found = preflight.result(actor, run.id)
    token = next(one for one in found.stages if one.code == "token")
    assert (token.status, token.what) == (StageStatus.OK, "The provider gave a token.")
    assert server.seen[-1]["form"]["grant_type"] == "refresh_token"
    assert (found.is_done, found.failing.code) == (True, "metadata"), "which this provider does not publish"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_once_one_makes_the_stage():
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    run = preflight.begin(actor, profile.id)
    begin, versions = threading.Barrier(3), []

    def look():
        begin.wait(LONG_S)
        versions.append(preflight.look(actor, run.id).version)
        database.close()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    finish(*threads)
    steps = [one.code for one in preflight.result(actor, run.id).stages]
    assert steps == ["names", "tcp", "tls"][: len(steps)]
    assert max(versions) == len(steps)
