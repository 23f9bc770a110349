"""Amazon Cognito: the issuer on the region's host, tokens on the pool's domain; scopes with a slash."""

import pytest

from console.core.providers.cognito import PROVIDER
from tests.core.providers.told import cause

SETTINGS = {"user_pool": "eu-north-1_AbCdEfGhI", "domain": "example.auth.eu-north-1.amazoncognito.com"}


def test_issuer_and_token_endpoint_are_on_two_hosts():
    place = PROVIDER.locate(SETTINGS, "")
    assert place.issuer == "https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_AbCdEfGhI"
    assert place.jwks_uri == f"{place.issuer}/.well-known/jwks.json"
    assert place.token_endpoint == "https://example.auth.eu-north-1.amazoncognito.com/oauth2/token"
    assert PROVIDER.owns(place.issuer) and PROVIDER.owns(place.token_endpoint)


@pytest.mark.parametrize(
    ("grant", "scope", "is_well"),
    [
        ("client_credentials", "orders/read orders/write", True),
        ("client_credentials", "", True),
        ("client_credentials", "openid", False),
        ("authorization_code", "openid email", True),
    ],
)
def test_without_a_person_a_scope_is_one_of_a_resource_server(grant, scope, is_well):
    assert (PROVIDER.scope_problem(grant, scope) is None) is is_well


def test_nobody_is_told_to_put_an_audience_into_a_token_that_has_none():
    assert "client_id" in PROVIDER.words.ask_for("https://orders.example")


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        ("invalid_client", "", "client-secret-invalid"),
        ("unauthorized_client", "", "grant-type-not-allowed"),
        ("invalid_scope", "", "scope-not-granted"),
        ("invalid_grant", "Invalid Refresh Token", "refresh-token-expired"),
        ("invalid_grant", "", None),
    ],
)
def test_its_errors_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
