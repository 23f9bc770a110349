"""Which issuers a discovery document of Entra ID, External ID or B2C may name, though they are not the authority.

They follow from it by rule: the tenant's id in place of its domain, `{tenantid}` for the tenants `common` and
`organizations`, a v1.0 issuer on the hosts of tokens.
"""

from console.core.compare import is_guid
from console.core.issuers import ANY_TENANT, CONSUMERS_TENANT, ENTRA_HOSTS, cloud_of
from console.core.providers.belief import issuer_difference, parts_of

TEMPLATE = "{tenantid}"


def issuer_problem(authority: str, issuer: str) -> str:
    """What differs, as the end of a sentence; "" when the document may be believed.

    `authority` is the URL with the tenant, without slash or /v2.0 at its end.
    """
    if _is_documented(authority, issuer):
        return ""
    return own_issuer_problem(authority, issuer)


def own_issuer_problem(authority: str, issuer: str) -> str:
    """The same where only the authority itself, with or without /v2.0, may be named."""
    own = (authority, f"{authority}/v2.0")
    nearest = next((one for one in own if issuer.rstrip("/") == one), own[1])
    return "" if issuer in own else issuer_difference(nearest, issuer)


def _is_documented(authority: str, issuer: str) -> bool:
    own, there = parts_of(authority), parts_of(issuer)
    if own is None or there is None or there[0] != "https":
        return False
    (_, own_host, own_path), (_, host, path) = own, there
    tenant, _, policy = own_path.strip("/").partition("/")
    if own_host in ENTRA_HOSTS and host in ENTRA_HOSTS and cloud_of(own_host) == cloud_of(host):
        start, end = ("/", "/") if host.startswith("sts.") else ("/", "/v2.0")
        return _names(tenant, path, start=start, end=end)
    if host.endswith(".ciamlogin.com"):  # the tenant's id is its first label, also where a domain of its own asks
        named = host.partition(".")[0]
        is_own = own_host.endswith(".ciamlogin.com") or is_guid(tenant)
        return is_own and path == f"/{named}/v2.0" and _is_tenant(tenant, named)
    if host.endswith(".b2clogin.com") and host == own_host:
        return _names(tenant, path, start="/", end="/v2.0/") or (
            bool(policy) and _names(tenant, path.lower(), start="/tfp/", end=f"/{policy.lower()}/v2.0/")
        )
    return False


def _names(tenant: str, path: str, *, start: str, end: str) -> bool:
    """Whether a path is start, tenant, end and nothing else."""
    is_framed = path.startswith(start) and path.endswith(end) and len(path) > len(start) + len(end)
    return is_framed and _is_tenant(tenant, path[len(start) : len(path) - len(end)])


def _is_tenant(tenant: str, named: str) -> bool:
    """A domain stands for one id that nobody here knows; an id only for itself."""
    if tenant.lower() in ANY_TENANT:
        return named == TEMPLATE
    if tenant.lower() == "consumers":
        return named == CONSUMERS_TENANT
    return named.lower() == tenant.lower() or (is_guid(named) and not is_guid(tenant))
