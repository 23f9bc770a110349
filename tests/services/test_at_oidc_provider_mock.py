"""The product's own services at PyPI's `oidc-provider-mock`: an opaque access token, and an ID token without `kid`."""

import pytest

from console.core.credential import Secret
from console.core.diagnosis.terms import Answerer
from console.core.tokens.token import TokenKind
from console.services import profiles, tokens, wiring
from tests.services.at_peers import (
    begun,
    connected,
    obtained,
    opened,
    opened_to,
    profile_at,
    redirect_uri,
    sent_forms,
    signed_in,
)
from tests.services.builders import person

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def peer(oidc_provider_mock, settings):
    opened_to(oidc_provider_mock, settings)
    yield oidc_provider_mock
    wiring.egress_policy.cache_clear()


@pytest.fixture
def profile(actor, peer, settings):
    client = peer.register(redirect_uris=[redirect_uri(settings)])
    made = profile_at(
        actor, peer, client.id, grant="authorization_code", scope="openid email", client_auth="client_secret_basic"
    )
    profiles.replace_secret(actor, made.id, Secret(client.secret))
    return made


def test_the_id_token_is_verified_without_a_kid_and_says_who_signed_in(actor, peer, profile):
    begun_now = begun(actor, profile)
    signed_in(actor, peer, begun_now, "mira@people.example")
    found = opened(actor, begun_now)
    assert found.authorization.problem is None
    assert found.response.id_token is not None


def test_an_opaque_access_token_is_kept_and_shown_as_what_it_is(actor, peer, profile):
    connection = connected(actor, peer, profile, "mira@people.example")
    found = tokens.obtain(actor, profile.id, connection_id=connection.id)
    assert found.response is not None
    assert found.token.kind is TokenKind.OPAQUE
    assert found.token.claims is None


def test_its_refresh_token_is_traded_for_another_opaque_token(actor, peer, profile):
    connection = connected(actor, peer, profile, "mira@people.example")
    first = tokens.obtain(actor, profile.id, connection_id=connection.id).access_token
    renewed = obtained(actor, profile, connection_id=connection.id)
    assert renewed.access_token != first
    assert sent_forms(renewed)[-1]["grant_type"] == ["refresh_token"]


def test_a_grant_that_it_does_not_know_is_told_in_its_own_word(actor, peer):
    client = peer.register()
    made = profile_at(actor, peer, client.id)
    profiles.replace_secret(actor, made.id, Secret(client.secret))
    refused = tokens.obtain(actor, made.id)
    assert (refused.error.status, refused.error.error) == (400, "unsupported_grant_type")
    assert refused.diagnosis.answered_by is Answerer.IDENTITY_PROVIDER
    assert refused.diagnosis.primary.cause == "grant-type-not-allowed"
