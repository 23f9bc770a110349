"""What the address of an OpenID configuration tells without being read: issuer, version, tenant, sign-in endpoint."""

from dataclasses import dataclass

from console.core.compare import is_guid
from console.core.policy.lint.token_policies import ANY_TENANT, METADATA_SUFFIX, issuer_form, version_of


@dataclass(frozen=True, slots=True)
class EntraPlace:
    """Where a tenant of Microsoft Entra, or of a server shaped like it, signs in. `endpoint` ends without a slash."""

    endpoint: str
    tenant: str


def place_of(metadata_url: str) -> EntraPlace | None:
    """The place of an address {endpoint}/{tenant}[/v2.0]/.well-known/openid-configuration; None for any other."""
    if not metadata_url.endswith(METADATA_SUFFIX) or issuer_form(metadata_url).provider in ("b2c", "ciam", "keycloak"):
        return None
    endpoint, _, tenant = metadata_url.removesuffix(METADATA_SUFFIX).removesuffix("/v2.0").rpartition("/")
    is_tenant = is_guid(tenant) or tenant in ANY_TENANT or "." in tenant
    return EntraPlace(endpoint, tenant) if is_tenant and "://" in endpoint else None


def issuers_of(metadata_url: str) -> tuple[str, ...]:
    """The issuers that the metadata at an address may have: the address without its suffix (OpenID Connect Discovery
    section 4), with or without a slash, or the issuer of v1 tokens where Entra and its like keep it.
    """
    bare = metadata_url.partition("?")[0].removesuffix(METADATA_SUFFIX)
    place = place_of(metadata_url)
    if place is None or bare.endswith("/v2.0"):
        return (bare, f"{bare}/")
    if issuer_form(metadata_url).provider == "entra":
        return (f"https://sts.windows.net/{place.tenant}/",)
    return (f"{place.endpoint}/sts/{place.tenant}/", bare, f"{bare}/")


def accepted_versions(metadata_urls: tuple[str, ...], issuers: tuple[str, ...]) -> frozenset[str]:
    """The Entra token versions of the issuers that pass; empty when nothing tells a version."""
    return frozenset(version for one in (*metadata_urls, *issuers) if (version := version_of(one)))
