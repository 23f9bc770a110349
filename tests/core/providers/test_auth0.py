"""Auth0: a domain however it was given, the parameter audience, its texts."""

import pytest

from console.core.providers.auth0 import PROVIDER
from tests.core.providers.told import cause


@pytest.mark.parametrize("domain", ["example.eu.auth0.com", "https://Example.eu.auth0.com/", "example.eu.auth0.com/"])
def test_the_issuer_has_a_slash_however_the_domain_was_given(domain):
    place = PROVIDER.locate({"domain": domain}, "")
    assert place.issuer == "https://example.eu.auth0.com/"
    assert place.token_endpoint == "https://example.eu.auth0.com/oauth/token"
    assert place.jwks_uri == "https://example.eu.auth0.com/.well-known/jwks.json"
    assert PROVIDER.owns(place.issuer)


def test_the_audience_goes_along_where_there_is_one():
    assert PROVIDER.adds({"audience": "https://orders.example"}) == (("audience", "https://orders.example"),)
    assert PROVIDER.adds({}) == ()
    assert "audience=https://orders.example" in PROVIDER.words.ask_for("https://orders.example")


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        ("access_denied", "Client has not been granted scopes: read:x", "scope-not-granted"),
        ("access_denied", "Service not found: https://x", "resource-not-found"),
        ("access_denied", "Client is not authorized to access https://x.", "target-access-policy"),
        ("access_denied", "Unauthorized", "client-secret-invalid"),
        ("unauthorized_client", "Grant type 'password' not allowed for the client.", "grant-type-not-allowed"),
        ("invalid_grant", "Unknown or invalid refresh token.", "refresh-token-expired"),
        ("access_denied", "Something else", None),
    ],
)
def test_its_texts_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
