"""The tenant that a `validate-azure-ad-token` policy names, and where it signs in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from console.core.gateway.matching import is_placeholder

DEFAULT_ENDPOINT = "https://login.microsoftonline.com"
ANY_TENANT = frozenset({"organizations", "common"})
CONSUMERS = "consumers"


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whom the policy trusts: a tenant's GUID, its domain, or a word for many. `needs` is what nobody knows here."""

    name: str
    endpoint: str
    needs: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        return self.name in ANY_TENANT


def read_tenant(tenant_id: str, endpoint: str | None) -> Tenant:
    """The tenant as the policy names it, also in the form of a URL, whose host then stands for the endpoint."""
    needs = tuple(f"{name}: {text}" for name, text in _named(tenant_id, endpoint) if is_placeholder(text))
    name, base = tenant_id.strip(), endpoint
    if "://" in name and not needs:
        split = urlsplit(name)
        name = split.path.strip("/").partition("/")[0]
        base = base or f"{split.scheme}://{split.netloc}"
    base = (base or DEFAULT_ENDPOINT).strip().rstrip("/")
    if name.lower() in ANY_TENANT | {CONSUMERS}:
        name = name.lower()
    return Tenant(name, base if "://" in base else f"https://{base}", needs)


def _named(tenant_id: str, endpoint: str | None) -> tuple[tuple[str, str], ...]:
    return (("tenant-id", tenant_id), ("authentication-endpoint", endpoint or ""))
