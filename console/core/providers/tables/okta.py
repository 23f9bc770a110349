"""Errors of Okta: texts of its support articles and of logs of its users."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T, U = Owner.INTEGRATOR, Owner.TENANT_ADMIN, Owner.END_USER

ROWS: tuple[KnownError, ...] = (
    *known(
        ("policy", r"policy evaluation failed", "No rule of an access policy lets the client, grant and scope by.",
         "target-access-policy",
         "Add a rule for this client to an access policy of the authorization server (Security > API).", T),
        ("scopes", r"scopes are not configured for the authorization server",
         "The authorization server has no such scope.", "scope-not-granted",
         "Add the scope on the tab Scopes of the authorization server, or ask another authorization server.", T),
        ("custom scopes", r"custom scopes are not allowed for this request",
         "The org authorization server gives no scopes of your own.", "wrong-authorization-server",
         "Ask a custom authorization server, for example default, in place of the org's own.", C),
        ("secret", r"client secret supplied for a confidential client is invalid",
         "The client secret is not right; with Basic it may also be encoded otherwise than expected.",
         "client-secret-invalid", "Copy the secret anew from the app integration, and compare the way it is sent.", C),
        ("client", r"invalid value for 'client_id'", "The client is not known at this Okta domain.", "client-id-wrong",
         "Compare the Client ID and the Okta domain with those of the app integration.", C),
        ("kid", r"client_assertion JWT kid is invalid", "No key of the client has this kid.",
         "certificate-not-registered", "Compare kid with the public keys of the app integration.", C),
        ("no credentials", r"no client credentials found", "The request holds no proof of the client.",
         "client-credential-missing", "Send the secret or the assertion in the way that the app integration says.", C),
        ("authentication", r"either the client or the client credentials are invalid",
         "The client or its credentials are not right.", "client-secret-invalid",
         "Compare Client ID, secret and way of authentication with the app integration.", C),
        ("assignment", r"not assigned to the client application", "The person is not assigned to the application.",
         "user-not-assigned", "Assign the person or a group of theirs to the app integration.", T),
    ),
    *known(
        ("grant type", r"not (?:authorized|allowed|configured) (?:to use|for) the (?:provided )?grant type",
         "The client may not use this grant.", "grant-type-not-allowed",
         "Tick the grant under General Settings of the app integration.", T),
        ("refresh", r"refresh token is invalid or expired", "The refresh token has ended.", "refresh-token-expired",
         "Have the person sign in again.", U),
        ("code", r"authorization code is invalid or has expired", "The code was used before, or has expired.",
         "authorization-code-redeemed", "Sign in again, and redeem the code once.", C),
        ("assertion audience", r"client_assertion.{0,60}audience|'aud' claim", "The assertion is for another audience.",
         "assertion-audience-wrong", "Set aud of the assertion to the token endpoint that is asked.", C),
        is_confirmed=False,
    ),
)  # fmt: skip
