"""Errors of Keycloak: texts of its source and of reports of its users (keycloak/keycloak, issues 39944 and 7700)."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T, U = Owner.INTEGRATOR, Owner.TENANT_ADMIN, Owner.END_USER

ROWS: tuple[KnownError, ...] = (
    *known(
        ("service account", r"not enabled to retrieve service account",
         "The client may not ask in its own name: it has no service account.", "grant-type-not-allowed",
         "Switch on “Service accounts roles” in the settings of the client in this realm.", T),
        ("direct access", r"not allowed for direct access grants", "The client may not use the password grant.",
         "grant-type-not-allowed", "Use the authorization code flow in its place.", T),
        ("public client", r"public client not allowed to retrieve service account",
         "The client is public, so it has no service account.", "client-type-mismatch",
         "Switch on “Client authentication” in the settings of the client.", T),
        ("public key", r"unable to load public key", "No key of the client fits the assertion.",
         "certificate-not-registered", "Compare kid with the keys on the tab “Keys” of the client.", C),
        ("client or credentials", r"invalid client or invalid client credentials|invalid client credentials",
         "The client is not known in this realm, or its secret is another.", "client-secret-invalid",
         "Copy the secret anew from the tab “Credentials” of the client, and compare client ID and realm.", C),
        ("scopes", r"invalid scopes?:", "A requested scope is no client scope of this client.", "scope-not-granted",
         "Add the client scope to the client, as default or optional, or leave it out of the request.", T),
        ("realm", r"realm does not exist", "There is no realm of this name.", "wrong-authorization-server",
         "Compare the name of the realm, letter by letter.", C),
        ("session", r"session not active|token is not active|offline session not active|stale token",
         "The session has ended.", "refresh-token-expired", "Have the person sign in again.", U),
        ("code", r"code not valid|code is expired", "The code was used before, or is older than a minute.",
         "authorization-code-redeemed", "Sign in again, and redeem the code once.", C),
        ("pkce", r"PKCE (?:verification failed|code verifier)", "The verifier does not belong to the challenge.",
         "pkce-mismatch", "Sign in again; do not mix two sign-ins.", C),
        ("redirect", r"invalid parameter: redirect_uri|incorrect redirect_uri", "The redirect URI is not registered.",
         "redirect-uri-mismatch", "Add the address to “Valid redirect URIs” of the client.", T),
        ("account", r"account is not fully set up", "The person has to do something first at sign-in.",
         "interaction-required", "Have the person sign in in a browser and finish what is asked.", U),
    ),
    *known(
        ("client disabled", r"client (?:is )?disabled", "The client is switched off.", "application-disabled",
         "Have the client enabled in this realm.", T),
        ("assertion audience", r"invalid token audience", "The assertion is made for another audience.",
         "assertion-audience-wrong", "Set aud of the assertion to the issuer URL of the realm.", C),
        is_confirmed=False,
    ),
)  # fmt: skip
