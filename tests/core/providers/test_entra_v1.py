"""The version 1.0 endpoint: beside that of version 2.0, by resource, and not by MSAL."""

import pytest

from console.core.providers.entra_v1 import PROVIDER

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


@pytest.mark.parametrize(
    ("cloud", "endpoint"),
    [
        ("global", f"https://login.microsoftonline.com/{TENANT}/oauth2/token"),
        ("usgov", f"https://login.microsoftonline.us/{TENANT}/oauth2/token"),
        ("sandbox", f"https://console.example/sandbox/w1/{TENANT}/oauth2/token"),
    ],
)
def test_it_is_reached_without_v2(cloud, endpoint):
    place = PROVIDER.locate({"environment": cloud, "tenant": TENANT}, "https://console.example/sandbox/w1")
    assert (place.token_endpoint, place.msal_authority) == (endpoint, "")
    assert place.issuer.endswith(f"/{TENANT}/")


def test_the_resource_goes_along():
    assert PROVIDER.adds({"resource": "api://orders"}) == (("resource", "api://orders"),)
    assert PROVIDER.words.ask_for("api://orders/") == "Set the resource to api://orders and get a new token."
