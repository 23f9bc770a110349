"""The provider's metadata (OpenID Connect Discovery 1.0 section 3), as Entra ID publishes it.

Only endpoints that answer are named.
"""

from typing import Any

from console.sandbox.idp.grants import GRANTS
from console.sandbox.urls import TenantUrls


def openid_configuration(provider: TenantUrls, *, version: int) -> dict[str, Any]:
    """Version 1 and 2 differ in issuer and addresses; the signing keys are the same."""
    base, tenant = provider.base, provider.tenant
    infix = "/v2.0" if version == 2 else ""
    return {
        "token_endpoint": f"{base}/{tenant}/oauth2{infix}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "grant_types_supported": list(GRANTS),
        "jwks_uri": f"{base}/{tenant}/discovery{infix}/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": provider.issuer_v2 if version == 2 else provider.issuer_v1,
        "request_uri_parameter_supported": False,
        "authorization_endpoint": f"{base}/{tenant}/oauth2{infix}/authorize",
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nbf", "tid", "ver", "azp", "appid", "roles", "oid"],
        "tenant_region_scope": "EU",
        "cloud_instance_name": "sandbox",
    }
