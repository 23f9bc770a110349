"""Okta: the org's own server, the default one and those with an id; its texts."""

import pytest

from console.core.providers.okta import PROVIDER
from tests.core.providers.told import cause

DOMAIN = "https://example.okta.com"


@pytest.mark.parametrize(
    ("server", "issuer", "endpoint"),
    [
        ("default", f"{DOMAIN}/oauth2/default", f"{DOMAIN}/oauth2/default/v1/token"),
        ("aus1", f"{DOMAIN}/oauth2/aus1", f"{DOMAIN}/oauth2/aus1/v1/token"),
        ("org", DOMAIN, f"{DOMAIN}/oauth2/v1/token"),
    ],
)
def test_each_authorization_server_is_an_issuer(server, issuer, endpoint):
    place = PROVIDER.locate({"domain": "example.okta.com", "server": server}, "")
    assert (place.issuer, place.token_endpoint) == (issuer, endpoint)
    assert place.metadata_url == f"{issuer}/.well-known/openid-configuration"
    assert PROVIDER.owns(issuer)


def test_a_host_that_only_ends_alike_is_not_its_own():
    assert not PROVIDER.owns("https://notokta.com/oauth2/default")


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        (
            "access_denied",
            "Policy evaluation failed for this request, please check the policy configurations.",
            "target-access-policy",
        ),
        (
            "invalid_scope",
            "One or more scopes are not configured for the authorization server resource.",
            "scope-not-granted",
        ),
        ("invalid_scope", "Custom scopes are not allowed for this request.", "wrong-authorization-server"),
        ("invalid_client", "The client secret supplied for a confidential client is invalid.", "client-secret-invalid"),
        ("invalid_client", "Invalid value for 'client_id' parameter.", "client-id-wrong"),
        ("invalid_client", "The client_assertion JWT kid is invalid.", "certificate-not-registered"),
        ("access_denied", "User is not assigned to the client application.", "user-not-assigned"),
        ("invalid_client", "Something else", None),
    ],
)
def test_its_texts_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
