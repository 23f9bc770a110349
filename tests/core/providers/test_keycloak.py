"""Keycloak: a realm's addresses, its texts, and no advice to take the audience "account"."""

import pytest

from console.core.providers.keycloak import PROVIDER
from tests.core.providers.told import cause

SETTINGS = {"base_url": "https://login.example.com/auth/", "realm": "orders"}
ISSUER = "https://login.example.com/auth/realms/orders"


def test_a_realm_is_an_issuer_with_its_endpoints_below():
    place = PROVIDER.locate(SETTINGS, "")
    assert (place.issuer, place.accepted_issuers) == (ISSUER, (ISSUER,))
    assert place.token_endpoint == f"{ISSUER}/protocol/openid-connect/token"
    assert place.jwks_uri == f"{ISSUER}/protocol/openid-connect/certs"
    assert place.metadata_url == f"{ISSUER}/.well-known/openid-configuration"
    assert PROVIDER.owns(ISSUER) and PROVIDER.owns(place.token_endpoint)


def test_another_realm_is_another_destination():
    assert PROVIDER.destination(SETTINGS) != PROVIDER.destination({**SETTINGS, "realm": "test"})


def test_an_audience_comes_by_a_mapper_and_not_by_taking_account():
    told = PROVIDER.words.ask_for("orders-api")
    assert "audience mapper for orders-api" in told and "account" not in told
    assert "/.default" not in f"{told} {PROVIDER.advice} {PROVIDER.scope_form}"


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        ("unauthorized_client", "Client not enabled to retrieve service account", "grant-type-not-allowed"),
        ("invalid_client", "Invalid client or Invalid client credentials", "client-secret-invalid"),
        ("unauthorized_client", "Invalid client or Invalid client credentials", "client-secret-invalid"),
        ("invalid_client", "Unable to load public key", "certificate-not-registered"),
        ("invalid_scope", "Invalid scopes: orders.read", "scope-not-granted"),
        ("invalid_grant", "Session not active", "refresh-token-expired"),
        ("invalid_grant", "Code not valid", "authorization-code-redeemed"),
        ("invalid_grant", "Account is not fully set up", "interaction-required"),
        ("invalid_request", "Realm does not exist", "wrong-authorization-server"),
        ("invalid_grant", "Something else", None),
    ],
)
def test_its_texts_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
