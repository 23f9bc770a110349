"""What an address of metadata tells without being read."""

import pytest

from console.core.policy.token.metadata_address import issuer_of
from tests.core.diagnosis.evidence import TENANT, V1, V2


@pytest.mark.parametrize(
    ("url", "issuer"),
    [
        (f"{V2}/.well-known/openid-configuration", V2),
        (f"https://login.microsoftonline.com/{TENANT}/.well-known/openid-configuration", V1),
        (
            f"https://login.partner.microsoftonline.cn/{TENANT}/.well-known/openid-configuration",
            f"https://sts.chinacloudapi.cn/{TENANT}/",
        ),
        (
            f"https://c.example/sandbox/w/{TENANT}/.well-known/openid-configuration",
            f"https://c.example/sandbox/w/sts/{TENANT}/",
        ),
        (
            f"https://c.example/sandbox/w/{TENANT}/v2.0/.well-known/openid-configuration",
            f"https://c.example/sandbox/w/{TENANT}/v2.0",
        ),
        ("https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration", None),
        (f"https://login.microsoftonline.com/{TENANT.upper()}/v2.0/.well-known/openid-configuration/?appid=x", V2),
        ("https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration", None),
        ("https://{{host}}/{{tenant}}/v2.0/.well-known/openid-configuration", None),
        ("https://idp.example/keys", None),
        ("", None),
    ],
)
def test_an_address_that_names_its_tenant_by_id_stands_for_one_issuer(url, issuer):
    assert issuer_of(url) == issuer
