"""Lines of logs and sentences that tell of no failure: no cause is claimed for them, or none surer than possible."""

import pytest

from console.core.api import Expectation
from console.core.inspection import inspect_text

TEXTS = [
    "Bearer was successfully authenticated.",
    "AuthenticationScheme: Bearer was successfully authenticated.",
    "info: Microsoft.AspNetCore.Hosting.Diagnostics[1] Request starting HTTP/2 GET https://localhost:5001/orders - - -",
    "info: Microsoft.AspNetCore.Hosting.Diagnostics[2] Request finished HTTP/2 GET /orders - 200 - 12ms",
    "Successfully validated the token.",
    "2026-01-05 10:11:12 DEBUG o.s.security.web.FilterChainProxy - Securing GET /orders",
    "DEBUG BearerTokenAuthenticationFilter - Set SecurityContextHolder to JwtAuthenticationToken [Authenticated=true]",
    "[2026-01-05] INFO oauthproxy: OAuthProxy configured for OpenID Connect Client ID: boats",
    "[AuthSuccess] Authenticated via OAuth2: Session{email:a@b.no user:abc token:true}",
    "Jwt authentication completed with: OK",
    'time="2026-01-05T10:00:00Z" level=info msg="login successful: connector \\"ldap\\""',
    "The access token expires in 3599 seconds.",
    "The token will expire at 2026-01-05T12:00:00Z.",
    "Refresh token not expired; using cached token.",
    "expires_in: 3600",
    "MSAL: Found access token in cache. Returning it.",
    "MSAL: Access token is not expired. Returning the found cache entry.",
    "Acquired token for scope api://boats/.default",
    "DefaultAzureCredential acquired a token from ManagedIdentityCredential",
    "Please set the audience in appsettings.json to your client id.",
    "The issuer is https://login.microsoftonline.com/common/v2.0",
    "Fetching keys from https://idp.example.no/jwks",
    "Loaded 3 signing keys from https://idp.example.no/jwks",
    "Discovery document loaded from https://idp.example.no/.well-known/openid-configuration",
    "type=CODE_TO_TOKEN, realmId=master, clientId=boats, userId=abc, ipAddress=10.0.0.1, grant_type=authorization_code",
    "type=LOGIN, realmId=master, clientId=boats, userId=abc, ipAddress=10.0.0.1, auth_method=openid-connect",
    "GET /orders HTTP/1.1 200 OK",
    '"GET /orders HTTP/1.1" 200 - via_upstream - "-" 0 14',
    "Set your client secret before you start the application.",
    "If the token is expired, refresh it and try again.",
    "This guide explains how to fix invalid_client errors.",
    "How do I get a token for the API?",
    "Health check passed: keys endpoint reachable",
    "INFO: Token refreshed",
    "DEBUG: no errors were found while validating the token",
    "The certificate is valid until 2027-01-01.",
    "Certificate verification succeeded for CN=boats",
    "SSL handshake completed successfully",
    "User system:anonymous is allowed to read /healthz",
    "Rate limit remaining: 4999",
    "Started OrdersApplication in 3.4 seconds",
    "Configuring JwtBearer with authority https://idp.example.no and audience api://boats",
    "oauth2: client registration 'boats' found",
    "Retrying request in 2 seconds",
    "Our meeting about access tokens is at ten.",
    "TokenValidationParameters: ValidateAudience = true, ValidateIssuer = true, ValidateLifetime = true",
    "scope=openid profile email",
    "error=null",
    "errors: 0",
    "Failed: 0, Passed: 12, Skipped: 0",
    "Conditional access policies were evaluated: 3 applied, result success",
    "Continuous access evaluation is enabled for this tenant.",
    "ssl_protocols TLSv1.2 TLSv1.3;",
    "The client was deleted from the cart",
    "An invoice was deleted",
    "HTTPS required for production deployments is described in chapter 4",
    "ChainedTokenCredential tries credentials in order.",
    "[auth:debug] http_call: url=https://quay.example.org/keys, data=(null), content_type=(null), timeout=5, cookies=0",
    "Continuous access evaluation: no change",
    "SSL handshake completed successfully with 'User:ANONYMOUS'",
]


def _causes(node):
    own = node.diagnosis.causes if node.diagnosis else ()
    return [*own, *(cause for item in node.items for cause in _causes(item))]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_claimed_of_what_tells_of_no_failure(text):
    causes = _causes(inspect_text(text, expectation=Expectation(), keyset=None, now=1_767_225_600))
    assert [one.cause for one in causes if one.confidence != "possible"] == []
