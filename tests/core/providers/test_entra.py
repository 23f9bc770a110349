"""Where a tenant of Entra ID is reached, in each cloud, and which discovery documents of it are believed."""

import pytest

from console.core.api import Expectation
from console.core.providers.entra import PROVIDER
from console.core.providers.entra_clouds import CLOUDS

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


def settings(cloud="global", tenant=TENANT):
    return {"cloud": cloud, "tenant": tenant}


def test_the_global_cloud_has_the_documented_addresses():
    found = PROVIDER.locate(settings(), "")
    assert found.msal_authority == f"https://login.microsoftonline.com/{TENANT}"
    assert found.token_endpoint == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert found.metadata_url.endswith(f"/{TENANT}/v2.0/.well-known/openid-configuration")
    assert found.jwks_uri.endswith(f"/{TENANT}/discovery/v2.0/keys")
    assert found.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert found.accepted_issuers == (
        f"https://sts.windows.net/{TENANT}/",
        f"https://login.microsoftonline.com/{TENANT}/v2.0",
    )


@pytest.mark.parametrize("cloud", CLOUDS)
def test_each_cloud_is_a_destination_of_its_own(cloud):
    mine = PROVIDER.destination(settings(cloud))
    assert mine not in {PROVIDER.destination(settings(code)) for code in CLOUDS if code != cloud}
    assert mine != PROVIDER.destination(settings(cloud, "another-tenant"))


def test_what_a_credential_is_bound_to_is_the_text_of_the_token_endpoint():
    """Rows hold it: another text would discard every stored credential."""
    assert PROVIDER.destination(settings()) == f"entra https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert PROVIDER.destination(settings("usgov")).startswith("entra https://login.microsoftonline.us/")


@pytest.mark.parametrize("cloud", ["", "germany"])
def test_an_unknown_cloud_has_no_address(cloud):
    assert PROVIDER.locate(settings(cloud), "https://console.example/sandbox/w").token_endpoint.startswith("/")


def test_its_clouds_are_offered_as_providers_of_their_own():
    assert PROVIDER.choices == tuple((f"entra:{code}", title) for code, (title, _) in CLOUDS.items())
    assert PROVIDER.choice_of(settings("china")) == "entra:china"
    assert PROVIDER.title_of(settings("usgov")) == "Microsoft Entra ID, US Government"


@pytest.mark.parametrize(("tenant", "expected"), [(TENANT, TENANT), ("contoso.example", None)])
def test_a_token_is_of_its_issuers_and_of_the_tenant_whose_id_is_known(tenant, expected):
    place = PROVIDER.locate(settings(tenant=tenant), "")
    wanted = Expectation(issuers=place.accepted_issuers, tenant=expected)
    assert PROVIDER.expects(settings(tenant=tenant), place) == wanted
