"""The provider's metadata (OpenID Connect Discovery 1.0 section 3), with the members Entra ID publishes."""

from typing import Any

from console.sandbox.urls import Provider


def openid_configuration(provider: Provider, *, version: int) -> dict[str, Any]:
    """Version 1 and 2 differ in issuer and addresses; the signing keys are the same."""
    base, tenant = provider.base, provider.tenant
    infix = "/v2.0" if version == 2 else ""
    return {
        "token_endpoint": f"{base}/{tenant}/oauth2{infix}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": f"{base}/{tenant}/discovery{infix}/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": provider.issuer_v2 if version == 2 else provider.issuer_v1,
        "request_uri_parameter_supported": False,
        "userinfo_endpoint": f"{base}/{tenant}/openid/userinfo",
        "authorization_endpoint": f"{base}/{tenant}/oauth2{infix}/authorize",
        "device_authorization_endpoint": f"{base}/{tenant}/oauth2{infix}/devicecode",
        "http_logout_supported": True,
        "frontchannel_logout_supported": True,
        "end_session_endpoint": f"{base}/{tenant}/oauth2{infix}/logout",
        "claims_supported": [
            "sub",
            "iss",
            "cloud_instance_name",
            "cloud_instance_host_name",
            "cloud_graph_host_name",
            "msgraph_host",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "acr",
            "nonce",
            "preferred_username",
            "name",
            "tid",
            "ver",
            "at_hash",
            "c_hash",
            "email",
        ],
        "tenant_region_scope": "EU",
        "cloud_instance_name": "sandbox",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": "https://pas.windows.net",
    }
