"""The tenant that a `validate-azure-ad-token` policy names, and where it signs in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from console.core.compare import is_guid
from console.core.issuers import ANY_TENANT, METADATA_PATH, TENANTLESS
from console.core.policy.token.matching import is_placeholder

ENTRA_LOGIN = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whom the policy trusts: a tenant's GUID, its domain, or a word for many. `needs` is what nobody knows here.

    `is_any`: the name is one of the words for many tenants; `is_id`: it is a tenant's GUID. The metadata's addresses
    are those under the name itself; `v1_spellings` and `v2_spellings` are all in which one was perhaps given, as the
    service reads a GUID without letter case.
    """

    name: str
    endpoint: str
    needs: tuple[str, ...] = ()
    is_any: bool = False
    is_id: bool = False
    v1_metadata: str = ""
    v2_metadata: str = ""
    v1_spellings: tuple[str, ...] = ("",)
    v2_spellings: tuple[str, ...] = ("",)


def read_tenant(tenant_id: str, endpoint: str | None) -> Tenant:
    """The tenant as the policy names it, also in the form of a URL, whose host then stands for the endpoint."""
    needs = tuple(f"{name}: {text}" for name, text in _named(tenant_id, endpoint) if is_placeholder(text))
    name, base = tenant_id.strip(), endpoint
    if "://" in name and not needs:
        own, name = _taken_apart(name)
        base = base or own
    base = (base or ENTRA_LOGIN).strip().rstrip("/")
    if name.lower() in TENANTLESS:
        name = name.lower()
    base = base if "://" in base else f"https://{base}"
    v1, v2 = metadata_url(base, name, "1.0"), metadata_url(base, name, "2.0")
    is_id = is_guid(name)
    spellings = [(one, one.lower()) if is_id and one != one.lower() else (one,) for one in (v1, v2)]
    return Tenant(name, base, needs, name in ANY_TENANT, is_id, v1, v2, *spellings)


def metadata_url(endpoint: str, name: str, version: str) -> str:
    """Where a tenant's metadata for tokens of a version (1.0 or 2.0) stands."""
    return f"{endpoint}/{name}{'/v2.0' if version == '2.0' else ''}{METADATA_PATH}"


def _taken_apart(text: str) -> tuple[str, str]:
    """The endpoint and the tenant's name in the form of a URL. A text that is no URL is a name as it stands, without
    an endpoint.
    """
    try:
        split = urlsplit(text)
    except ValueError:
        return "", text
    return f"{split.scheme}://{split.netloc}", split.path.strip("/").partition("/")[0]


def _named(tenant_id: str, endpoint: str | None) -> tuple[tuple[str, str], ...]:
    return (("tenant-id", tenant_id), ("authentication-endpoint", endpoint or ""))
