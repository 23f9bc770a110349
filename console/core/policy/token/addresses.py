"""Where the metadata of a policy is published: listed by validate-jwt, derived by validate-azure-ad-token."""

from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.tenant import metadata_url
from console.core.policy.token.token_policy import TokenPolicy, inbound_token_policies


def metadata_addresses(document: PolicyDocument, *, tenant: str = "") -> tuple[str, ...]:
    """In document order, each once; what only the gateway's runtime knows is left out. Fill the values in first.

    `tenant` is the token's own (tid), which a policy for any tenant of Entra stands for; "" when there is none.
    """
    found = [url for policy in inbound_token_policies(document) for url in _of(policy, tenant)]
    return tuple(dict.fromkeys(url for url in found if url and not is_placeholder(url)))


def _of(policy: TokenPolicy, tenant: str) -> tuple[str, ...]:
    if not policy.is_azure_ad:
        return policy.metadata_addresses
    trusted = policy.tenant
    name = tenant if trusted.is_any and tenant else trusted.name
    if trusted.needs or not name or "://" in name:  # a URL that could not be taken apart names no tenant
        return ()
    return metadata_url(trusted.endpoint, name, "2.0"), metadata_url(trusted.endpoint, name, "1.0")
