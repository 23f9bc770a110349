"""Errors of Google's token endpoint: texts of its service account guide and of logs of its users."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T, U = Owner.INTEGRATOR, Owner.TENANT_ADMIN, Owner.END_USER

ROWS: tuple[KnownError, ...] = (
    *known(
        ("delegation", r"client is unauthorized to retrieve access tokens using this method",
         "The service account may not act for this person with these scopes.", "delegation-missing",
         "Have the Workspace administrator allow its numeric client ID and these very scopes under domain-wide "
         "delegation.", T),
        ("signature", r"invalid JWT signature", "The key is not, or no longer, one of the service account.",
         "certificate-not-registered", "Make a new key for the service account and use it.", C),
        ("time", r"short-lived token .{0,40}reasonable timeframe", "iat or exp of the grant is out of time.",
         "assertion-lifetime-invalid", "Set the clock of the machine; a grant lives at most 60 minutes.", C),
        ("account", r"account not found", "There is no such service account.", "client-id-wrong",
         "Use client_email of the key file as iss.", C),
        ("scope or audience", r"invalid OAuth scope or ID token audience",
         "The grant asks for neither a scope nor an audience that is known.", "scope-format-invalid",
         "Ask for scopes such as https://www.googleapis.com/auth/…, or for an ID token with target_audience.", C),
        ("redirect", r"redirect_uri_mismatch", "The address to come back to is not registered.",
         "redirect-uri-mismatch", "Add it to the authorized redirect URIs of the OAuth client.", T),
    ),
    *known(
        ("person", r"invalid email or user id", "The person to act for is not known.", "delegation-party-missing",
         "Write the person's primary address as sub.", C),
        ("client", r"the OAuth client was not found", "The OAuth client is not known.", "client-id-wrong",
         "Copy the client ID anew from the Google Cloud console.", C),
        ("refresh", r"token has been expired or revoked", "The refresh token has ended.", "refresh-token-expired",
         "Have the person sign in again; in an app under test refresh tokens last seven days.", U),
        is_confirmed=False,
    ),
)  # fmt: skip
