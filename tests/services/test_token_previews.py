"""What would be sent is shown whole and masked; nothing leaves, and nothing is kept."""

import pytest

from console.adapters.transport import Transport
from console.core.errors import NotFound
from console.core.exchange import Purpose
from console.core.grants.base import SendPerson
from console.services import profiles, token_previews, tokens
from console.store import attempts, audit
from tests.services.builders import person, with_samples
from tests.services.grant_side import TOKEN, granted, profile_for, side

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return with_samples()


def profile_named(actor, name):
    return next(one for one in profiles.list_profiles(actor) if one.name == name)


@pytest.fixture
def nothing_leaves(monkeypatch):
    def send(*args, **named):
        raise AssertionError("a request left")

    monkeypatch.setattr(Transport, "send", send)


@pytest.mark.usefixtures("nothing_leaves")
def test_the_form_is_shown_with_its_secret_masked(actor):
    profile = profile_named(actor, "Sample: orders with a secret")
    step = token_previews.of_profile(actor, profile.id).result.steps[0]
    assert (step.purpose, step.response, step.failure) == (Purpose.TOKEN, None, None)
    assert b"grant_type=client_credentials" in step.request.body
    assert b"client_secret=***" in step.request.body.replace(b"%2A", b"*")
    assert attempts.list_recent(actor) == []


@pytest.mark.usefixtures("nothing_leaves")
def test_an_assertion_is_shown_decoded(actor):
    profile = profile_named(actor, "Sample: orders with a certificate")
    step = token_previews.of_profile(actor, profile.id).result.steps[0]
    assert step.assertion is not None
    assert step.assertion.claims["iss"] == profile.client_id
    assert step.request.body.decode().count("eyJ") == 0


@pytest.mark.usefixtures("nothing_leaves")
def test_nothing_is_written_to_the_audit_trail(actor):
    before = audit.recent()
    token_previews.of_profile(actor, profile_named(actor, "Sample: orders with a secret").id)
    assert audit.recent() == before


def test_a_profile_of_somebody_else_is_not_there(actor):
    stranger = person("eve@example.com")
    with pytest.raises(NotFound):
        token_previews.of_profile(stranger, profile_named(actor, "Sample: orders with a secret").id)


def test_a_token_that_is_to_be_passed_on_must_be_there_and_is_masked(actor, side):
    first = profile_for(actor, side, "client_credentials", scope="first")
    second = profile_for(actor, side, "on_behalf_of", scope="second", subject_from=first.id)
    with pytest.raises(NotFound, match="no token to pass on yet"):
        token_previews.of_profile(actor, second.id)
    side.lay("/token", granted())
    tokens.obtain(actor, first.id)
    step = token_previews.of_profile(actor, second.id).result.steps[0]
    assert b"requested_token_use=on_behalf_of" in step.request.body
    assert TOKEN.encode() not in step.request.body
    assert len(side.forms()) == 1


def test_a_sign_in_begins_with_the_link_and_nothing_is_kept_of_it(actor, side):
    profile = profile_for(actor, side, "authorization_code")
    outcome = token_previews.of_profile(actor, profile.id).result.outcome
    assert isinstance(outcome, SendPerson)
    assert outcome.url.startswith(f"{side.url}/")
    assert side.forms() == []
