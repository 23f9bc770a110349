"""Errors of Auth0: texts that its users report (auth0 command line and SDK logs, troubleshooting guides)."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T, U = Owner.INTEGRATOR, Owner.TENANT_ADMIN, Owner.END_USER

ROWS: tuple[KnownError, ...] = (
    *known(
        ("scopes", r"client has not been granted scopes", "The application may not have these scopes of the API.",
         "scope-not-granted",
         "Tick the permissions under Applications > APIs > the API > Machine to Machine Applications.", T),
        ("client grant", r"is not authorized to access .{0,200}|client-grant",
         "The application is not authorized for this API.", "target-access-policy",
         "Authorize the application for the API: its settings, tab Machine to Machine Applications.", T),
        ("api", r"service not found: |unknown API", "No API has this identifier.", "resource-not-found",
         "Send as audience the Identifier of the API, letter by letter, slash at the end included.", C),
        ("grant type", r"grant type .{0,120}not allowed for the client", "The application may not use this grant.",
         "grant-type-not-allowed", "Switch the grant on under Advanced Settings > Grant Types of the application.", T),
        ("credentials", r"^access_denied\nUnauthorized\b|client authentication failed|invalid client secret",
         "The client id or the secret is not right.", "client-secret-invalid",
         "Copy Client ID and Client Secret anew from the settings of the application.", C),
    ),
    *known(
        ("refresh", r"unknown or invalid refresh token", "The refresh token is not known, or was used before.",
         "refresh-token-expired", "Have the person sign in again.", U),
        ("callback", r"callback url mismatch", "The address to come back to is not registered.",
         "redirect-uri-mismatch", "Add it to Allowed Callback URLs of the application.", T),
        ("code", r"invalid authorization code", "The code was used before, or has expired.",
         "authorization-code-redeemed", "Sign in again, and redeem the code once.", C),
        ("pkce", r"failed to verify code verifier", "The verifier does not belong to the challenge.", "pkce-mismatch",
         "Sign in again; do not mix two sign-ins.", C),
        is_confirmed=False,
    ),
)  # fmt: skip
