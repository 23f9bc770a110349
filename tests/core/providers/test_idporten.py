"""ID-porten: two hosts, one for the browser; the standard errors."""

import pytest

from console.core.providers.idporten import PROVIDER
from tests.core.providers.told import cause

BASE = "https://console.example/sandbox/w1"


@pytest.mark.parametrize(
    ("environment", "issuer", "login"),
    [
        ("test", "https://test.idporten.no", "https://login.test.idporten.no"),
        ("prod", "https://idporten.no", "https://login.idporten.no"),
        ("sandbox", f"{BASE}/idporten", f"{BASE}/idporten"),
    ],
)
def test_a_person_goes_to_one_host_and_the_credential_to_the_other(environment, issuer, login):
    place = PROVIDER.locate({"environment": environment}, BASE)
    assert (place.issuer, place.token_endpoint) == (issuer, f"{issuer}/token")
    assert (place.authorization_endpoint, place.end_session_endpoint) == (f"{login}/authorize", f"{login}/logout")
    assert (place.jwks_uri, place.pushed_authorization_request_endpoint) == (f"{issuer}/jwks.json", f"{issuer}/par")
    assert place.metadata_url == f"{issuer}/.well-known/openid-configuration"


def test_the_level_of_sign_in_is_chosen_by_its_new_names():
    level = next(one for one in PROVIDER.settings if one.name == "acr_values")
    assert [value for value, _ in level.choices][1:] == [
        "idporten-loa-low", "idporten-loa-substantial", "idporten-loa-high",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "description", "slug"),
    [
        ("invalid_client", "", "client-auth-method-mismatch"),
        ("invalid_scope", "nav:x", "scope-not-granted"),
        ("invalid_grant", "PKCE verification failed", "pkce-mismatch"),
        ("invalid_request", "redirect_uri is not registered", "redirect-uri-mismatch"),
        ("invalid_grant", "", None),
    ],
)
def test_its_errors_lead_to_causes(error, description, slug):
    assert cause(PROVIDER, error, description) == slug
