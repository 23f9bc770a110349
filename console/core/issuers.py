"""Issuers taken apart and compared: Entra in all clouds, B2C, External ID, Keycloak, and servers shaped like Entra.

Only the exact text is a match (RFC 8414 section 2); what is told here explains why two issuers differ.
"""

import re
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from console.core.compare import SCHEME, is_guid, without_hidden

ENTRA_HOSTS = {
    # host -> (cloud, token version its issuers stand for; "" when the path tells)
    "login.microsoftonline.com": ("global", ""),
    "login.windows.net": ("global", "1.0"),
    "login.microsoft.com": ("global", ""),
    "sts.windows.net": ("global", "1.0"),
    "login.microsoftonline.us": ("usgov", ""),
    "login-us.microsoftonline.com": ("usgov", ""),
    "login.partner.microsoftonline.cn": ("china", ""),
    "login.chinacloudapi.cn": ("china", ""),
    "sts.chinacloudapi.cn": ("china", "1.0"),
    "login.microsoftonline.de": ("germany", ""),
    "sts.microsoftonline.de": ("germany", "1.0"),
    "login.sovcloud-identity.fr": ("france", ""),
    "login.sovcloud-identity.de": ("germany-sovereign", ""),
    "login.sovcloud-identity.sg": ("singapore", ""),
}

# Words that stand where a tenant does. Tokens for an application alone are given by none of them.
ANY_TENANT = frozenset({"common", "organizations"})  # whichever tenant signs in
CONSUMERS = "consumers"  # personal accounts, which all live in one tenant
TENANTLESS = ANY_TENANT | {CONSUMERS}
CONSUMERS_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"
METADATA_PATH = "/.well-known/openid-configuration"  # OpenID Connect Discovery 1.0 section 4: behind the issuer

IssuerProvider = Literal["entra", "b2c", "ciam", "sandbox", "keycloak", "other"]
Relation = Literal["same", "version_mix", "other_tenant", "spelling", "other"]


class IssuerForm(Struct, frozen=True):
    """An issuer taken apart. `tenant` is "" when there is none, `version` "1.0", "2.0" or "" when it has
    none.

    `base` is what stands before the tenant: scheme, host, port, and path of the sandbox's workspace.
    "sandbox" stands for every server that shapes its issuers as Entra does, on a host of its own.
    """

    provider: IssuerProvider
    tenant: str
    version: str
    base: str

    @property
    def cloud(self) -> str:
        """The Entra cloud of the issuer's host; "" outside Entra."""
        return cloud_of(self.base)


def cloud_of(url: str) -> str:
    """The Entra cloud of a URL's host; "" for any other host."""
    return ENTRA_HOSTS.get(_host(url), ("", ""))[0]


def read_issuer(text: str) -> IssuerForm:
    """Take an issuer apart (Entra in all clouds, B2C, External ID, Keycloak, the sandbox); never raises."""
    parts = _split_plain(text) or _split(without_hidden(text))
    if parts is None:
        return IssuerForm("other", "", "", text)
    base, host, path = parts
    segments = [segment for segment in path.split("/") if segment]
    if host.endswith(".b2clogin.com") or segments[:1] == ["tfp"]:
        return _read_b2c(base, segments)
    if host.endswith(".ciamlogin.com"):
        return IssuerForm("ciam", (segments or [""])[0].lower(), "2.0", base)
    if host in ENTRA_HOSTS:
        return _read_entra(base, segments, ENTRA_HOSTS[host][1])
    if "realms" in segments[:-1]:
        realm = segments.index("realms") + 1
        return IssuerForm("keycloak", segments[realm], "", "/".join([base, *segments[: realm - 1]]))
    return _read_entra_like(base, segments)


def _read_b2c(base: str, segments: list[str]) -> IssuerForm:
    named = [segment for segment in segments if segment.lower() not in {"tfp", "v2.0"}]
    return IssuerForm("b2c", (named or [""])[0].lower(), "2.0", base)


def _read_entra(base: str, segments: list[str], version: str) -> IssuerForm:
    tenant = (segments or [""])[0].lower()
    if not version:
        version = "2.0" if "v2.0" in [segment.lower() for segment in segments[1:]] else "1.0"
    return IssuerForm("entra", tenant, version, base)


def _read_entra_like(base: str, segments: list[str]) -> IssuerForm:
    if len(segments) >= 2 and segments[-2] == "sts":
        return IssuerForm("sandbox", segments[-1].lower(), "1.0", "/".join([base, *segments[:-2]]))
    if len(segments) >= 2 and segments[-1] == "v2.0":
        return IssuerForm("sandbox", segments[-2].lower(), "2.0", "/".join([base, *segments[:-2]]))
    return IssuerForm("other", "", "", base)


def issuers_relation(actual: str, expected: str) -> Relation:
    """How the issuer of a token stands to an accepted one; only "same" is a match (RFC 8414: simple
    comparison)."""
    if actual == expected:
        return "same"
    if without_hidden(actual) == without_hidden(expected):
        return "spelling"
    left, right = read_issuer(actual), read_issuer(expected)
    if left.provider == right.provider and left.provider != "other":
        return _relation_within(left, right)
    return _relation_of_urls(actual, expected)


def _relation_within(left: IssuerForm, right: IssuerForm) -> Relation:
    if left.provider in {"sandbox", "keycloak"} and left.base != right.base:
        same = left.tenant == right.tenant and left.version == right.version
        return "spelling" if same else "other"
    if left.tenant != right.tenant:
        # A domain and an id may be the same tenant, but tokens always carry the id.
        is_domain = "." in right.tenant and is_guid(left.tenant)
        return "spelling" if is_domain else "other_tenant"
    return "version_mix" if left.version != right.version else "spelling"


def _relation_of_urls(actual: str, expected: str) -> Relation:
    left, right = _split(actual), _split(expected)
    if left is None or right is None:
        bare = (SCHEME.sub("", actual.lower()).rstrip("/"), SCHEME.sub("", expected.lower()).rstrip("/"))
        return "spelling" if bare[0] == bare[1] else "other"
    same_path = left[2].strip("/").lower() == right[2].strip("/").lower()
    if left[1] == right[1]:
        return "spelling"
    return "spelling" if same_path and left[2].strip("/") else "other"


def _split(url: str) -> tuple[str, str, str] | None:
    """(scheme://host:port in lower case, host, path) of an absolute http(s) URL; None for anything else."""
    if plain := _split_plain(url):
        return plain
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}", host, parts.path


def _split_plain(url: str) -> tuple[str, str, str] | None:
    """The same for what most issuers are, with nothing to leave out and no port; None for what needs a closer look."""
    match = _PLAIN.fullmatch(url)
    return (match[1], match[2], match[3] or "") if match else None


_PLAIN = re.compile(r"(https?://([a-z0-9.-]+))(/[A-Za-z0-9._~/-]*)?")  # a token's issuer is asked for ten times a page


def _host(url: str) -> str:
    parts = _split(url if "://" in url else f"https://{url}")
    return parts[1] if parts else ""


def host_of(url: str) -> str:
    """The host of an absolute URL or bare authority in lower case; "" when there is none."""
    return _host(url.strip())
