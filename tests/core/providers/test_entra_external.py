"""External ID: asked at the subdomain, issued by the tenant's id."""

from console.core.oauth.metadata import Metadata
from console.core.providers.entra_external import PROVIDER

TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
SETTINGS = {"subdomain": "Contoso", "tenant": TENANT}


def test_tokens_name_the_tenants_id_as_host():
    place = PROVIDER.locate(SETTINGS, "")
    assert place.token_endpoint == f"https://contoso.ciamlogin.com/{TENANT}/oauth2/v2.0/token"
    assert place.issuer == f"https://{TENANT}.ciamlogin.com/{TENANT}/v2.0"
    assert PROVIDER.owns(place.issuer)


def test_its_document_is_believed_with_that_issuer_alone():
    place = PROVIDER.locate(SETTINGS, "")
    assert PROVIDER.believes(Metadata(place.issuer, place.token_endpoint, ""), place) is None
    other = f"https://other.ciamlogin.com/{TENANT}/v2.0"
    assert PROVIDER.believes(Metadata(other, place.token_endpoint, ""), place).rule == "issuer"
