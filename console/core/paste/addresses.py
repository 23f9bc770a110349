"""Addresses of identity providers in a text: which tenant and which cloud they name."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from console.core.compare import is_guid
from console.core.issuers import ENTRA_HOSTS, cloud_of
from console.core.profile_checks.identity import NO_OWN_TENANT, is_domain
from console.core.providers.entra_clouds import CLOUDS

_OTHER_PRODUCTS = (".b2clogin.com", ".ciamlogin.com")


@dataclass(frozen=True, slots=True)
class ProviderAddress:
    """`tenant` and `cloud` are "" when the address does not tell; `note` is a sentence, or "".

    `is_sandbox`: it is an address of the console's own sandbox.
    """

    tenant: str = ""
    cloud: str = ""
    note: str = ""
    is_sandbox: bool = False


def is_login(text: str) -> bool:
    """True for an address of an identity provider: by its host, or by its path."""
    parts = _split(text)
    if parts is None:
        return False
    host, path = parts.hostname or "", parts.path.lower()
    is_known = host in ENTRA_HOSTS or host.endswith(_OTHER_PRODUCTS)
    return is_known or "/oauth2/" in path or "/.well-known/" in path or path.endswith("/token")


def read_address(text: str, *, sandbox: str = "") -> ProviderAddress:
    """What an address of an identity provider says; nothing for any other text.

    `sandbox` is the base URL of the reader's workspace in the console's sandbox, "" without one.
    """
    parts = _split(text)
    if parts is None or not is_login(text):
        return ProviderAddress()
    host = parts.hostname or ""
    segments = [segment for segment in parts.path.split("/") if segment]
    if host.endswith(_OTHER_PRODUCTS):
        note = f"{host} belongs to an external tenant or B2C, which this console has no provider for."
        return ProviderAddress(note=note)
    if host in ENTRA_HOSTS:
        return _entra(host, segments)
    before = segments[: segments.index("oauth2")] if "oauth2" in segments else []
    tenant = before[-1] if before and (is_guid(before[-1]) or is_domain(before[-1])) else ""
    if sandbox and f"{text}/".lower().startswith(f"{sandbox.rstrip('/')}/".lower()):
        return ProviderAddress(tenant, is_sandbox=True)
    note = f"The host {host} is of no known Entra cloud: choose the provider yourself." if host else ""
    return ProviderAddress(tenant, note=note)


def _entra(host: str, segments: list[str]) -> ProviderAddress:
    cloud = cloud_of(f"https://{host}")
    first = segments[0] if segments else ""
    if cloud not in CLOUDS:
        return ProviderAddress(note=f"The host {host} belongs to a cloud that this console has no provider for.")
    if first.lower() in NO_OWN_TENANT:
        note = f"The address names no tenant but {first}: ask for the Directory (tenant) ID."
        return ProviderAddress(cloud=cloud, note=note)
    return ProviderAddress(first if is_guid(first) or is_domain(first) else "", cloud)


def _split(text: str) -> SplitResult | None:
    """None for what is no address. A path alone ("POST /tenant/oauth2/…") has an empty host."""
    is_bare_host = text.partition("/")[0].lower() in ENTRA_HOSTS
    if not is_bare_host and not text.startswith(("http://", "https://", "/")):
        return None
    try:
        parts = urlsplit(f"https://{text}" if is_bare_host else text)
        parts.hostname  # noqa: B018 - a broken host shows only when it is read
    except ValueError:
        return None
    return parts
