"""The national clouds of Microsoft Entra ID and their addresses (entra.md sections 5.1, 6.1 and 6.2)."""

from urllib.parse import urlsplit

from console.core.oauth.place import Place
from console.core.providers import entra_shape

CLOUDS = {
    "global": ("Microsoft Entra ID", "https://login.microsoftonline.com"),
    "usgov": ("Microsoft Entra ID, US Government", "https://login.microsoftonline.us"),
    "china": ("Microsoft Entra ID, China (21Vianet)", "https://login.partner.microsoftonline.cn"),
}
_STS = {"login.partner.microsoftonline.cn": "https://sts.chinacloudapi.cn"}
_STS_ELSEWHERE = "https://sts.windows.net"
# Hosts of one cloud that name each other in their documents (MSAL authority.py; reference entra.md section 5.1).
FAMILIES = (
    frozenset({"login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "sts.windows.net"}),
    frozenset({"login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "sts.chinacloudapi.cn"}),
    frozenset({"login.microsoftonline.us", "login-us.microsoftonline.com", "login.usgovcloudapi.net"}),
)


def place(cloud: str, tenant: str) -> Place:
    """A tenant in a cloud; one that is not in the table has no address.

    The version 1.0 issuer of the US Government cloud is known from third parties only (unconfirmed)."""
    base = CLOUDS.get(cloud, ("", ""))[1]
    sts = _STS.get(urlsplit(base).hostname or "", _STS_ELSEWHERE)
    return entra_shape.place_at(base, tenant, issuer_v1=f"{sts}/{tenant}/")
