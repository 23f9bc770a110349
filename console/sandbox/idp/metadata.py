"""The provider's metadata (OpenID Connect Discovery 1.0 section 3), as Entra ID publishes it.

Only endpoints that answer are named.
"""

from typing import Any

from console.sandbox.idp.delegated import OPENID
from console.sandbox.idp.grants import GRANTS
from console.sandbox.idp.sign_in_request import MODES
from console.sandbox.urls import TenantUrls

_CLAIMS = (
    "acr amr appid aud azp exp family_name given_name iat iss name nbf nonce oid preferred_username roles scp sid sub"
)


def openid_configuration(provider: TenantUrls, *, version: int) -> dict[str, Any]:
    """Version 1 and 2 differ in issuer and addresses; the signing keys are the same."""
    infix = "/v2.0" if version == 2 else ""
    return {
        "token_endpoint": provider.endpoint("token", version=version),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "grant_types_supported": [grant.grant_type for grant in GRANTS if grant.is_advertised],
        "jwks_uri": f"{provider.base}/{provider.tenant}/discovery{infix}/keys",
        "response_modes_supported": list(MODES),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(OPENID),
        "issuer": provider.issuer_v2 if version == 2 else provider.issuer_v1,
        "request_uri_parameter_supported": False,
        "authorization_endpoint": provider.endpoint("authorize", version=version),
        "device_authorization_endpoint": provider.endpoint("devicecode", version=version),
        "end_session_endpoint": provider.endpoint("logout", version=version),
        "claims_supported": [*_CLAIMS.split(), "tid", "unique_name", "upn", "uti", "ver"],
        "tenant_region_scope": "EU",
        "cloud_instance_name": "sandbox",
    }
