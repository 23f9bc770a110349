"""Bad-input cases of everyday operation: two tabs, two clicks, a worker that dies. Eight writers: test_platform.py."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from console.adapters.egress import EgressPolicy
from console.adapters.senders.order import LEAST_DEADLINE_S
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.models import Attempt, Lease, StoredToken
from console.services import apis, profiles, wiring
from console.services.tokens import LEASE_S
from console.store import audit_verify
from tests.bad_input.registry import covers
from tests.far_sides import Provider, allow, stand_in
from tests.patience import LONG_S, finish
from tests.services.builders import with_samples
from tests.services.test_profiles import draft
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parent.parent.parent
WORKER = """
import sys, django
django.setup()
from console.services import tokens
from console.store import people
tokens.obtain(people.find(sys.argv[1]), sys.argv[2])
"""


@pytest.fixture
def provider(settings):
    """A provider in the outside world, as far as the console knows."""
    with Provider() as running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor():
    return with_samples()


def profile_for(actor, tenant):
    kept = ProfileDraft(
        name=tenant, environment="", provider="sandbox", settings={"tenant": tenant}, client_id="c",
        grant="client_credentials", scope="api://x/.default", api_id=None,
    )  # fmt: skip
    profile = profiles.create(actor, kept)
    profiles.replace_secret(actor, profile.id, Secret("some-client-secret"))
    return profile


def _version(page):
    return re.search(r'name="version" value="(\d+)"', page.content.decode())[1]


@covers("E-O01")
def test_the_second_of_two_tabs_is_told_about_the_first_and_loses_nothing():
    actor = with_samples()
    profile = profiles.create(actor, draft())
    own_api = apis.create(actor, apis.list_apis(actor)[0])
    client = signed_in(actor)
    base = {"tenant": profile.settings["tenant"], "client_id": profile.client_id, "scope": profile.scope}
    forms = {
        f"/profiles/{profile.id}/edit/": {**base, "provider": "entra:global"},
        f"/apis/{own_api.id}/edit/": {"base_url": "https://api.example", "subscription_key_header": "K", "leeway_s": 0},
    }
    for path, form in forms.items():
        first, second = (_version(client.get(path)) for _ in range(2))
        assert client.post(path, {**form, "name": "First", "version": first}).status_code == 302
        answer = client.post(path, {**form, "name": "Second <typed>", "version": second})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "was changed while you were editing it" in page
        assert "Second &lt;typed&gt;" in page
        assert "First" in client.get(path).content.decode()


class Click(threading.Thread):
    """One press of the button, in a browser of its own; `answer` is what came."""

    def __init__(self, actor, path, data=None, barrier=None):
        super().__init__(daemon=True)
        self.client, self.path, self.data, self.barrier = signed_in(actor), path, data or {}, barrier
        self.start()

    def run(self):
        if self.barrier:
            self.barrier.wait(LONG_S)
        try:
            self.answer = self.client.post(self.path, self.data)
        finally:
            connections.close_all()


@pytest.mark.parametrize("data", [{}, {"fresh": "1"}])
@covers("E-O04")
def test_a_second_click_while_the_first_is_under_way_asks_the_provider_nothing(settings, provider, actor, data):
    profile = profile_for(actor, "hanging.example")
    stand_in(settings, provider)
    path = f"/profiles/{profile.id}/token/"
    first = Click(actor, path, data)
    assert provider.asked.wait(LONG_S)
    second = Click(actor, path, data)
    finish(second)
    provider.go_on.set()
    finish(first)
    assert (first.answer.status_code, second.answer.status_code) == (200, 202)
    assert "Another request for this token is under way" in second.answer.content.decode()
    assert len(provider.token_requests()) == 1
    assert not Lease.objects.exists()
    assert 'id="reveal-token"' in signed_in(actor).get(f"/profiles/{profile.id}/").content.decode()


@covers("E-O04")
def test_clicks_at_the_same_moment_are_one_call_to_the_provider(settings, provider, actor):
    profile = profile_for(actor, "granting.example")
    stand_in(settings, provider)
    barrier = threading.Barrier(4)
    clicks = [Click(actor, f"/profiles/{profile.id}/token/", barrier=barrier) for _ in range(4)]
    finish(*clicks)
    statuses = {click.answer.status_code for click in clicks}
    assert statuses <= {200, 202}, "nobody is refused"
    assert 200 in statuses
    assert len(provider.token_requests()) == 1


@covers("E-O03")
def test_a_worker_killed_in_the_middle_of_a_token_call_leaves_nothing_that_lasts_a_minute(
    settings, provider, actor, time_machine
):
    profile = profile_for(actor, "hanging.example")
    stand_in(settings, provider)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, actor.email, profile.id], env=_environment(settings), cwd=ROOT
    )
    assert provider.asked.wait(LONG_S)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(LONG_S) == -signal.SIGKILL
    assert (Attempt.objects.count(), StoredToken.objects.count(), Lease.objects.count()) == (0, 0, 1)
    assert audit_verify.verify().problems == ()
    client, path = signed_in(actor), f"/profiles/{profile.id}/token/"
    answer = client.post(path)
    assert answer.status_code == 202
    assert "is under way" in answer.content.decode()
    provider.go_on.set()
    time_machine.move_to(Lease.objects.get().until, tick=False)
    assert client.post(path).status_code == 200
    assert (Attempt.objects.count(), StoredToken.objects.count(), Lease.objects.count()) == (1, 1, 0)


def test_the_lease_of_a_token_request_outlasts_the_request_and_ends_within_a_minute():
    assert EgressPolicy().deadline_s + LEAST_DEADLINE_S < LEASE_S < 60


def _environment(settings):
    """That of another worker of this installation: same database, same keys, same way out."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        "DATABASE_URL": url,
        "CONSOLE_SANDBOX": "false",
        **{
            name: str(getattr(settings, name))
            for name in ("CONSOLE_PUBLIC_URL", "CONSOLE_EGRESS_ALLOW", "CONSOLE_CA_BUNDLE")
        },
    }
