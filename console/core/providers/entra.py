"""Microsoft Entra ID in its national clouds (entra.md sections 3.5, 6.1 and 6.2)."""

from urllib.parse import urlsplit

from console.core.providers.base import Endpoints, Provider

CLOUDS = {
    "global": ("Microsoft Entra ID", "https://login.microsoftonline.com"),
    "usgov": ("Microsoft Entra ID, US Government", "https://login.microsoftonline.us"),
    "china": ("Microsoft Entra ID, China (21Vianet)", "https://login.partner.microsoftonline.cn"),
}
_STS = {"login.partner.microsoftonline.cn": "https://sts.chinacloudapi.cn"}
_STS_ELSEWHERE = "https://sts.windows.net"


def endpoints(base: str, tenant: str) -> Endpoints:
    """The v2.0 endpoints of a tenant; the issuer of version 1.0 lives on a host of its own, with a slash at its end.

    The version 1.0 issuer of the US Government cloud is known from third parties only (unconfirmed)."""
    authority = f"{base.rstrip('/')}/{tenant}"
    sts = _STS.get(urlsplit(base).hostname or "", _STS_ELSEWHERE)
    return Endpoints(
        authority=authority,
        metadata_url=f"{authority}/v2.0/.well-known/openid-configuration",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        issuers={"1.0": f"{sts}/{tenant}/", "2.0": f"{authority}/v2.0"},
    )


PROVIDER = Provider(code="entra", title="Microsoft Entra ID", clouds=CLOUDS, endpoints=endpoints)
