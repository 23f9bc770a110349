"""B2C: each policy is a server of its own; its two forms of issuer."""

from console.core.oauth.metadata import Metadata
from console.core.providers.entra_b2c import PROVIDER

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
SETTINGS = {"tenant_name": "contoso", "tenant": TENANT, "policy": "B2C_1_signin"}


def test_a_policy_is_part_of_its_addresses():
    place = PROVIDER.locate(SETTINGS, "")
    authority = "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin"
    assert place.token_endpoint == f"{authority}/oauth2/v2.0/token"
    assert place.metadata_url == f"{authority}/v2.0/.well-known/openid-configuration"
    assert PROVIDER.destination(SETTINGS) != PROVIDER.destination({**SETTINGS, "policy": "B2C_1_other"})


def test_both_documented_issuers_are_accepted_and_believed():
    place = PROVIDER.locate(SETTINGS, "")
    assert place.accepted_issuers == (
        f"https://contoso.b2clogin.com/{TENANT}/v2.0/",
        f"https://contoso.b2clogin.com/tfp/{TENANT}/b2c_1_signin/v2.0/",
    )
    for issuer in place.accepted_issuers:
        assert PROVIDER.believes(Metadata(issuer, place.token_endpoint, ""), place) is None, issuer
    assert PROVIDER.believes(Metadata("https://contoso.b2clogin.com/x", place.token_endpoint, ""), place) is not None
