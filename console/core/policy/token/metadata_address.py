"""What the address of an OpenID configuration tells without being read: issuer, version, tenant, sign-in endpoint."""

from dataclasses import dataclass, replace

from console.core.compare import is_guid
from console.core.issuers import ANY_TENANT, METADATA_PATH, IssuerForm, host_of, read_issuer
from console.core.policy.token.matching import is_literal

_NO_FORM = IssuerForm("other", "", "", "")

_V1_HOST = "sts.windows.net"
_V1_HOSTS = {"china": "sts.chinacloudapi.cn"}  # of the clouds that do not share it
_MAX_URL = 2_000


@dataclass(frozen=True, slots=True)
class EntraPlace:
    """Where a tenant of Microsoft Entra, or of a server shaped like it, signs in. `endpoint` ends without a slash."""

    endpoint: str
    tenant: str


def issuer_form(address: str) -> IssuerForm:
    """An issuer, or the issuer that a metadata address belongs to, taken apart; a placeholder has no form."""
    if not is_literal(address):
        return _NO_FORM
    path, _, query = address.partition("?")
    form = read_issuer(path.removesuffix(METADATA_PATH))
    # Azure AD B2C was once reached under Entra's own host, with the user flow as a parameter.
    return replace(form, provider="b2c") if "p=b2c" in query.lower() else form


def version_of(address: str) -> str:
    """ "1.0" or "2.0" of an Entra issuer, its metadata address, or one shaped like it; "" for any other."""
    return version_of_form(issuer_form(address))


def version_of_form(form: IssuerForm) -> str:
    return form.version if form.provider in {"entra", "sandbox"} else ""


def is_customer_host(address: str) -> bool:
    """Whether an address belongs to an external (customer) tenant or to Azure AD B2C."""
    return host_of(address).endswith((".ciamlogin.com", ".b2clogin.com"))


def place_of(metadata_url: str) -> EntraPlace | None:
    """The place of an address {endpoint}/{tenant}[/v2.0]/.well-known/openid-configuration; None for any other."""
    if not metadata_url.endswith(METADATA_PATH) or issuer_form(metadata_url).provider in ("b2c", "ciam", "keycloak"):
        return None
    endpoint, _, tenant = metadata_url.removesuffix(METADATA_PATH).removesuffix("/v2.0").rpartition("/")
    is_tenant = is_guid(tenant) or tenant in ANY_TENANT or "." in tenant
    return EntraPlace(endpoint, tenant) if is_tenant and "://" in endpoint else None


def issuers_of(metadata_url: str) -> tuple[str, ...]:
    """The issuers that the metadata at an address may have: the address without its suffix (OpenID Connect Discovery
    section 4), with or without a slash, or the issuer of v1 tokens where Entra and its like keep it.
    """
    bare = metadata_url.partition("?")[0].removesuffix(METADATA_PATH)
    place = place_of(metadata_url)
    if place is None or bare.endswith("/v2.0"):
        return (bare, f"{bare}/")
    form = issuer_form(metadata_url)
    if form.provider == "entra":
        return (f"https://{_V1_HOSTS.get(form.cloud, _V1_HOST)}/{place.tenant}/",)
    return (f"{place.endpoint}/sts/{place.tenant}/", bare, f"{bare}/")


def issuer_of(metadata_url: str) -> str | None:
    """The one issuer that an address of Entra, or of a server shaped like it, leaves no doubt about: its tenant is
    named by id. None for any other; no server is asked.
    """
    url = metadata_url.partition("?")[0].removesuffix("/")
    place = place_of(url) if len(url) <= _MAX_URL else None
    if place is None or not is_guid(place.tenant):
        return None
    if issuer_form(f"{place.endpoint}/{place.tenant}/v2.0").provider not in ("entra", "sandbox"):
        return None
    return issuers_of(url.replace(place.tenant, place.tenant.lower()))[0]  # however the address spells the id


def accepted_versions(metadata_urls: tuple[str, ...], issuers: tuple[str, ...]) -> frozenset[str]:
    """The Entra token versions of the issuers that pass; empty when nothing tells a version."""
    return frozenset(version for one in (*metadata_urls, *issuers) if (version := version_of(one)))
