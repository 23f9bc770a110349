"""Where the sandbox's tenant is reached below one base URL, and that only its own issuer is believed."""

import pytest

from console.core.oauth.metadata import Metadata
from console.core.providers import offered
from console.core.providers.sandbox import PROVIDER

BASE, TENANT = "http://localhost:8000/sandbox/w1", "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
SETTINGS = {"tenant": TENANT}


def test_everything_lies_below_the_base():
    found = PROVIDER.locate(SETTINGS, BASE)
    addresses = (found.msal_authority, found.metadata_url, found.token_endpoint, found.jwks_uri, found.issuer)
    assert all(address.startswith(f"{BASE}/") for address in addresses)
    assert found.accepted_issuers == (f"{BASE}/sts/{TENANT}/", f"{BASE}/{TENANT}/v2.0")


def test_it_counts_as_one_place_wherever_it_is_served():
    """Rows hold this text: another would discard every stored credential."""
    assert PROVIDER.destination(SETTINGS) == "sandbox {sandbox}/" + TENANT + "/oauth2/v2.0/token"


def test_it_is_offered_where_the_deployment_plays_it_and_nowhere_else():
    assert PROVIDER in offered(has_sandbox=True)
    assert PROVIDER not in offered(has_sandbox=False)
    assert offered(has_sandbox=False)


@pytest.mark.parametrize(
    ("issuer", "endpoint", "rule"),
    [
        (f"{BASE}/{TENANT}/v2.0", f"{BASE}/{TENANT}/oauth2/v2.0/token", None),
        (f"{BASE}/{TENANT}", f"{BASE}/elsewhere/on/the/same/origin", None),
        (f"{BASE}/{TENANT}/v2.0/", f"{BASE}/{TENANT}/oauth2/v2.0/token", "issuer"),
        (f"{BASE}/sts/{TENANT}/", f"{BASE}/{TENANT}/oauth2/v2.0/token", "issuer"),
        (f"{BASE}/{TENANT}/v2.0", "http://localhost:8001/token", "token_endpoint"),
        (f"{BASE}/{TENANT}/v2.0", "https://localhost:8000/token", "token_endpoint"),
        (f"{BASE}/{TENANT}/v2.0", "https://login.microsoftonline.com/token", "token_endpoint"),
    ],
)
def test_only_a_document_of_its_own_place_and_issuer_is_believed(issuer, endpoint, rule):
    found = PROVIDER.believes(Metadata(issuer, endpoint, ""), PROVIDER.locate(SETTINGS, BASE))
    assert (found.rule if found else None) == rule
