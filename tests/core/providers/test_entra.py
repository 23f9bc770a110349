"""Where a tenant of Entra ID is reached, in each cloud."""

import pytest

from console.core.providers.entra import CLOUDS, PROVIDER

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


def test_the_global_cloud_has_the_documented_addresses():
    found = PROVIDER.endpoints(CLOUDS["global"][1], TENANT)
    assert found.authority == f"https://login.microsoftonline.com/{TENANT}"
    assert found.token_endpoint == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert found.metadata_url.endswith(f"/{TENANT}/v2.0/.well-known/openid-configuration")
    assert found.jwks_uri.endswith(f"/{TENANT}/discovery/v2.0/keys")
    assert found.issuers == {
        "1.0": f"https://sts.windows.net/{TENANT}/",
        "2.0": f"https://login.microsoftonline.com/{TENANT}/v2.0",
    }


@pytest.mark.parametrize("cloud", CLOUDS)
def test_each_cloud_is_a_destination_of_its_own(cloud):
    mine = PROVIDER.destination(CLOUDS[cloud][1], TENANT)
    others = {PROVIDER.destination(base, TENANT) for code, (_, base) in CLOUDS.items() if code != cloud}
    assert mine not in others
    assert mine != PROVIDER.destination(CLOUDS[cloud][1], "another-tenant")
