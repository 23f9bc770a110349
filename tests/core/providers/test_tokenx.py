"""TokenX: its issuers without slash, the audience that goes along, its texts."""

import pytest

from console.core.providers.tokenx import PROVIDER
from tests.core.providers.told import cause

BASE = "https://console.example/sandbox/w1"


@pytest.mark.parametrize(
    ("environment", "issuer"),
    [
        ("dev", "https://tokenx.dev-gcp.nav.cloud.nais.io"),
        ("prod", "https://tokenx.prod-gcp.nav.cloud.nais.io"),
        ("sandbox", f"{BASE}/tokenx"),
    ],
)
def test_each_environment_is_reached_below_its_issuer(environment, issuer):
    place = PROVIDER.locate({"environment": environment}, BASE)
    assert (place.issuer, place.token_endpoint, place.jwks_uri) == (issuer, f"{issuer}/token", f"{issuer}/jwks")
    assert place.metadata_url == f"{issuer}/.well-known/oauth-authorization-server"
    assert PROVIDER.is_played({"environment": environment}) is (environment == "sandbox")


def test_the_audience_goes_along_and_no_scope_is_asked_for():
    assert PROVIDER.adds({"audience": "dev-gcp:team-a:api"}) == (("audience", "dev-gcp:team-a:api"),)
    assert not PROVIDER.scope_form.is_asked
    assert PROVIDER.assertion.lifetime_s == 120


@pytest.mark.parametrize(
    ("description", "slug"),
    [
        ("client dev:a:b is not authorized to get token with aud=dev:c:d", "target-access-policy"),
        ("token exchange audience dev:c:d is invalid", "resource-not-found"),
        ("invalid subject_token: JWT expired", "assertion-lifetime-invalid"),
        ("invalid subject_token: JWT audience rejected", "obo-assertion-wrong-audience"),
        ("Parameter subject_token_type must be urn:x", "request-parameter-missing"),
        ("Parameter client_assertion missing", "request-parameter-missing"),
        ("token verification failed: Signed JWT rejected", "certificate-not-registered"),
        ("something else", None),
    ],
)
def test_its_texts_lead_to_causes(description, slug):
    assert cause(PROVIDER, "invalid_request", description) == slug
