"""Whether the issuer of a discovery document is the one that was asked for: identical (RFC 8414 section 3.3).

Entra, External ID and B2C publish documented forms instead, which follow from the authority by rule: the tenant's id in
place of its domain, `{tenantid}` for the tenants `common` and `organizations`, a v1.0 issuer on the hosts of tokens.
"""

from urllib.parse import urlsplit

from console.core.compare import is_guid
from console.core.issuers import ENTRA_HOSTS, cloud_of

TEMPLATE = "{tenantid}"
_MANY = ("common", "organizations")
_CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of personal accounts


def issuer_problem(authority: str, issuer: str) -> str:
    """What differs, as the end of a sentence; "" when the document may be believed.

    `authority` is the URL with the tenant, without slash or /v2.0 at its end.
    """
    if not issuer:
        return "it names no issuer"
    if issuer in (authority, f"{authority}/v2.0") or _is_documented(authority, issuer):
        return ""
    nearest = next((own for own in (authority, f"{authority}/v2.0") if issuer.rstrip("/") == own), f"{authority}/v2.0")
    return _difference(nearest, issuer)


def _is_documented(authority: str, issuer: str) -> bool:
    own, there = _parts(authority), _parts(issuer)
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
    if tenant.lower() in _MANY:
        return named == TEMPLATE
    if tenant.lower() == "consumers":
        return named == _CONSUMERS
    return named.lower() == tenant.lower() or (is_guid(named) and not is_guid(tenant))


def _difference(expected: str, issuer: str) -> str:
    shown = f"it names the issuer {issuer[:200]}, and {expected[:200]} was asked for"
    own, there = _parts(expected), _parts(issuer)
    if issuer.rstrip("/") == expected:
        return f"{shown}: they differ in the slash at the end"
    if issuer.lower() == expected.lower():
        return f"{shown}: they differ in upper and lower case"
    if own is not None and there is not None and own[1] == there[1]:
        return f"{shown}: the host is the same, and the path is another, so it may be another tenant"
    return f"{shown}: the host is another"


def _parts(url: str) -> tuple[str, str, str] | None:
    """(scheme, host with a port that is not the usual one, path); None for what is no plain URL."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    if not split.hostname or "@" in split.netloc or split.query or split.fragment:
        return None
    usual = port is None or port == {"https": 443, "http": 80}.get(split.scheme)
    return split.scheme, split.hostname if usual else f"{split.hostname}:{port}", split.path
