"""The identity provider of the embedded sandbox: shaped like Entra, under one base URL."""

from console.core.providers.base import Endpoints, Provider


def endpoints(base: str, tenant: str) -> Endpoints:
    """The endpoints of a tenant of the sandbox; `base` ends with the workspace's path segment."""
    base = base.rstrip("/")
    authority = f"{base}/{tenant}"
    return Endpoints(
        authority=authority,
        metadata_url=f"{authority}/v2.0/.well-known/openid-configuration",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        issuers={"1.0": f"{base}/sts/{tenant}/", "2.0": f"{authority}/v2.0"},
    )


PROVIDER = Provider(code="sandbox", title="Sandbox of this console", clouds={}, endpoints=endpoints)
