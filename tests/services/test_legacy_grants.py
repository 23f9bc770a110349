"""Grants that nobody should use any more are neither offered nor sent unless the administrator allows them."""

from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.credential import Secret
from console.core.errors import NotAllowed
from console.core.grants import GRANTS
from console.core.grants.base import Need
from console.core.oauth.place import Place
from console.core.oauth.token_response import TokenResponse
from console.services import id_tokens, legacy_grants, opening, profiles, token_requests, tokens, wiring
from console.services.own_sandbox import OwnSandbox
from console.services.token_requests import Using
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import granted, kept_texts, profile_for, side
from tests.web.people import signed_in

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db
PASSWORD = "canary-password-9f8e7d6c5b"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def allowed(settings):
    settings.CONSOLE_LEGACY_GRANTS = ["password", "implicit"]


def test_those_with_a_warning_are_the_two():
    assert sorted(grant.code for grant in GRANTS if grant.warning) == ["implicit", "password"]


@pytest.mark.parametrize("code", ["password", "implicit"])
def test_a_profile_with_one_is_refused_in_words(actor, side, code):
    with pytest.raises(NotAllowed) as refused:
        profile_for(actor, side, code, username="ina")
    assert "RFC 9700" in refused.value.why
    assert f"CONSOLE_LEGACY_GRANTS={code}" in refused.value.do


def test_what_was_allowed_once_is_not_sent_any_more(actor, side, settings, allowed):
    profile = profile_for(actor, side, "password", username="ina")
    settings.CONSOLE_LEGACY_GRANTS = []
    with pytest.raises(NotAllowed):
        tokens.obtain(actor, profile.id)
    assert side.seen == []


def test_a_password_is_sent_once_and_kept_nowhere(actor, side, allowed):
    profile = profile_for(actor, side, "password", scope="orders", username="ina")
    side.lay("/token", granted(you_sent=PASSWORD))
    opened = opening.of_profile(actor, "use", profile.id)
    using = Using(given={Need.PASSWORD: Secret(PASSWORD)})
    result = token_requests.send(opened, wiring.transport_for(opened.own), using)
    assert isinstance(result.outcome, TokenResponse)
    assert side.forms()[0]["password"] == PASSWORD
    tokens.token_history.keep(actor, profile, None, result, used=None, now=1_790_000_000)
    assert PASSWORD not in kept_texts(attempts.list_recent(actor))


def test_a_profile_of_one_says_so_wherever_it_is_shown(actor, side, allowed):
    profile = profile_for(actor, side, "password", username="ina")
    found = profiles.local_findings(opening.of_profile(actor, "view", profile.id))
    assert [one.check for one in found] == ["profile-grant"]
    assert "RFC 9700" in found[0].why


def test_the_form_offers_them_only_where_they_are_allowed(actor, side, settings):
    def page():
        return signed_in(actor).post("/profiles/new/", {"provider": "any"}).content.decode()

    assert 'value="device_code"' in page()
    assert 'value="password"' not in page()
    settings.CONSOLE_LEGACY_GRANTS = ["password"]
    assert 'value="password"' in page() and 'value="implicit"' not in page()
    assert legacy_grants.offered_codes() == {grant.code for grant in GRANTS} - {"implicit"}


def test_an_edit_changes_to_none_that_is_switched_off_and_may_still_rename_one(actor, side, settings, allowed):
    profile = profile_for(actor, side, "implicit")
    other = profile_for(actor, side, "client_credentials")
    settings.CONSOLE_LEGACY_GRANTS = []
    draft = replace(profiles.draft_of(profile), name="Another name")
    renamed, _ = profiles.update(actor, profile.id, draft, expected_version=profile.version)
    assert renamed.name == "Another name"
    draft = replace(profiles.draft_of(other), grant="implicit")
    with pytest.raises(NotAllowed):
        profiles.update(actor, other.id, draft, expected_version=other.version)


@pytest.mark.parametrize(("is_direct", "is_taken"), [(True, True), (False, False)])
def test_an_id_token_that_came_by_a_browser_is_taken_with_its_signature_alone(actor, side, is_direct, is_taken):
    """No keys can be had: the connection to the token endpoint stands for them, a browser does not."""
    now = clock.now()
    response = TokenResponse(Secret("a"), "Bearer", 60, now, "", id_token=Secret(side.id_token(now)))
    nowhere = Place("https://nowhere.example", "https://127.0.0.1:9/metadata", "https://127.0.0.1:9/token")
    transport = wiring.transport_for(OwnSandbox(actor))
    found = id_tokens.checked(response, nowhere, is_direct=is_direct, transport=transport, now=now)
    assert isinstance(found, TokenResponse) is is_taken
    assert is_taken or "came by a browser" in found.error_description
