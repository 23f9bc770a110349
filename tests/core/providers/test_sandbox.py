"""Where the sandbox's tenant is reached below one base URL."""

from console.core.providers.sandbox import PROVIDER

BASE, TENANT = "http://localhost:8000/sandbox/w1", "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


def test_everything_lies_below_the_base():
    found = PROVIDER.endpoints(BASE, TENANT)
    addresses = (found.authority, found.metadata_url, found.token_endpoint, found.jwks_uri, *found.issuers.values())
    assert all(address.startswith(f"{BASE}/") for address in addresses)
    assert found.issuers == {"1.0": f"{BASE}/sts/{TENANT}/", "2.0": f"{BASE}/{TENANT}/v2.0"}
    assert PROVIDER.clouds == {}
