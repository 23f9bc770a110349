"""Google: two hosts, service accounts, its texts."""

import pytest

from console.core.oauth.habits import AssertionAudience
from console.core.providers.google import PROVIDER
from tests.core.providers.told import cause


def test_issuer_and_token_endpoint_are_on_two_hosts():
    place = PROVIDER.locate({}, "")
    assert (place.issuer, place.token_endpoint) == (
        "https://accounts.google.com", "https://oauth2.googleapis.com/token",
    )  # fmt: skip
    assert place.accepted_issuers == ("https://accounts.google.com", "accounts.google.com")
    assert PROVIDER.owns(place.issuer) and PROVIDER.owns(place.token_endpoint)


def test_a_grant_of_a_service_account_is_for_the_token_endpoint_and_lives_an_hour():
    assert (PROVIDER.assertion.audience, PROVIDER.assertion.lifetime_s) == (AssertionAudience.TOKEN_ENDPOINT, 3600)


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        (
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of "
            "the scopes requested.",
            "delegation-missing",
        ),
        ("invalid_grant", "Invalid JWT Signature.", "certificate-not-registered"),
        (
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
            "assertion-lifetime-invalid",
        ),
        ("invalid_grant", "Invalid grant: account not found", "client-id-wrong"),
        ("invalid_scope", "Invalid OAuth scope or ID token audience provided.", "scope-format-invalid"),
        ("invalid_grant", "Something else", None),
    ],
)
def test_its_texts_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
