"""Where the metadata of a policy is published: listed by validate-jwt, derived by validate-azure-ad-token."""

from console.core.policy.keep.sending import token_policies
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.tenant import read_tenant

_SUFFIX = "/.well-known/openid-configuration"


def metadata_addresses(document: PolicyDocument, *, tenant: str = "") -> tuple[str, ...]:
    """In document order, each once; what only the gateway's runtime knows is left out. Fill the values in first.

    `tenant` is the token's own (tid), which a policy for any tenant of Entra stands for; "" when there is none.
    """
    found = [url for policy in token_policies(document) for url in _of(policy, tenant)]
    return tuple(dict.fromkeys(url for url in found if url and not is_placeholder(url)))


def _of(policy: Element, tenant: str) -> tuple[str, ...]:
    if policy.name == "validate-jwt":
        return tuple((config.attribute("url") or "").strip() for config in policy.all("openid-config"))
    trusted = read_tenant(policy.attribute("tenant-id") or "", policy.attribute("authentication-endpoint"))
    name = tenant if trusted.is_any and tenant else trusted.name
    if trusted.needs or not name or "://" in name:  # a URL that could not be taken apart names no tenant
        return ()
    return f"{trusted.endpoint}/{name}/v2.0{_SUFFIX}", f"{trusted.endpoint}/{name}{_SUFFIX}"
