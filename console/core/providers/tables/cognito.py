"""Errors of Amazon Cognito: its token endpoint gives the OAuth error alone (developer guide, “Token endpoint”)."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T = Owner.INTEGRATOR, Owner.TENANT_ADMIN
ANY = r"^"

ROWS: tuple[KnownError, ...] = (
    *known(
        ("invalid_client", ANY, "The app client is not known in this user pool, or its secret is another.",
         "client-secret-invalid",
         "Compare client id and secret with the app client, and the domain with that of its user pool.", C),
        error="invalid_client",
    ),
    *known(
        ("unauthorized_client", ANY, "The app client may not use this grant.", "grant-type-not-allowed",
         "Allow the grant for the app client; client credentials need one with a client secret.", T),
        error="unauthorized_client",
    ),
    *known(
        ("invalid_scope", ANY, "The scope is not allowed for the app client, or no resource server defines it.",
         "scope-not-granted",
         "Define the scope on a resource server, written identifier/scope, and allow it for the app client.", T),
        error="invalid_scope",
    ),
    *known(
        ("invalid_grant refresh", r"refresh", "The refresh token was revoked or has ended.", "refresh-token-expired",
         "Have the person sign in again.", Owner.END_USER),
        error="invalid_grant",
    ),
)  # fmt: skip
