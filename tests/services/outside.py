"""Profiles for far sides of our own (tests/far_sides.py), and the fixtures that open the guard for them."""

import pytest

from console.core.api import Api
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.services import apis, profiles, wiring
from tests.far_sides import EchoApi, Provider, allow

SECRET, KEY = "canary-client-secret-0a1b2c3d", "canary-subscription-key-4e5f6a7b"


@pytest.fixture
def provider(settings):
    """A provider in the outside world, as far as the console knows."""
    with Provider() as running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


@pytest.fixture
def api(settings):
    """An API in the outside world."""
    with EchoApi() as running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


def outside_profile(actor, tenant="granting.example", *, api_id=None, scope="api://x/.default"):
    kept = ProfileDraft(
        name=tenant,
        environment="",
        provider="sandbox",
        settings={"tenant": tenant},
        client_id="c",
        grant="client_credentials",
        scope=scope,
        api_id=api_id,
    )
    profile = profiles.create(actor, kept)
    profiles.replace_secret(actor, profile.id, Secret(SECRET))
    if api_id:
        profiles.replace_subscription_key(actor, profile.id, Secret(KEY))
    return profiles.open_profile(actor, "manage", profile.id)


def outside_api(actor, url):
    return apis.create(actor, Api(id="", owner_id=0, name="Outside", base_url=url))
