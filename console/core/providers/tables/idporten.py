"""Errors of ID-porten: the standard ones; no list of codes is published (reference grants.md section 3.6)."""

from console.core.owner import Owner
from console.core.providers.known_error import KnownError, known

C, T, U = Owner.INTEGRATOR, Owner.TENANT_ADMIN, Owner.END_USER
ANY = r"^"

ROWS: tuple[KnownError, ...] = (
    *known(
        ("client", r"unknown client|client.{0,40}not (?:found|registered here)", "The client is not known here.",
         "client-id-wrong", "Compare the client ID with Samarbeidsportalen, and test with production.", C),
        ("secret", r"client secret", "The secret is not that of the client.", "client-secret-invalid",
         "Enter the secret as Samarbeidsportalen showed it; a new one ends the old one.", C),
        error="invalid_client", is_confirmed=False,
    ),
    *known(
        ("invalid_client", ANY, "The client is not known here, or proves itself in another way than it is registered.",
         "client-auth-method-mismatch",
         "Use the way that the client has in Samarbeidsportalen, and compare test with production.", C),
        error="invalid_client",
    ),
    *known(
        ("invalid_scope", ANY, "The scope is not registered on the client.", "scope-not-granted",
         "Add the scope to the client in Samarbeidsportalen; it may take 15 minutes.", C),
        error="invalid_scope",
    ),
    *known(
        ("pkce", r"verifier|PKCE|challenge", "The verifier does not belong to the challenge.", "pkce-mismatch",
         "Sign in again; the challenge is S256, without padding.", C),
        ("refresh", r"refresh", "The refresh token has ended.", "refresh-token-expired",
         "Have the person sign in again.", U),
        error="invalid_grant", is_confirmed=False,
    ),
    *known(
        ("challenge", r"code_challenge", "The challenge is missing, or is not written as it must be.", "pkce-mismatch",
         "Send code_challenge as 43 characters of base64url without padding, and code_challenge_method S256.", C),
        ("acr_values", r"acr_values", "The level of sign-in is none that ID-porten has.", "request-parameter-missing",
         "Ask for idporten-loa-low, -substantial or -high; Level3 and Level4 are the old names.", C),
        ("redirect", r"redirect_uri", "The address to come back to is not registered, letter by letter.",
         "redirect-uri-mismatch", "Add it to the client in Samarbeidsportalen; localhost only in test.", C),
        is_confirmed=False,
    ),
)  # fmt: skip
