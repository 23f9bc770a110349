"""ID-porten: Samarbeidsportalen, where clients are kept (docs.digdir.no)."""

from console.core.owner import Owner
from console.core.providers.advice.base import Advice, Record

ADVICE = Advice(
    do={
        "assertion-audience-wrong": "Set aud of the assertion to the issuer, without a slash at its end.",
        "assertion-lifetime-invalid": "Make a new assertion for each request: exp at most 120 seconds after iat.",
        "audience-other-api": "Send resource with the API’s identifier in the authorization request: it becomes aud; "
        "without it access tokens have none.",
        "certificate-not-registered": "Add the public key to the client in Samarbeidsportalen, and name it by its kid.",
        "certificate-or-key-expired": "Add a new key to the client in Samarbeidsportalen: keys last a year.",
        "claims-challenge": "Have the person sign in again with the acr_values that are asked for, for example "
        "idporten-loa-high.",
        "client-auth-method-mismatch": "Use the one way of authentication that the client has in Samarbeidsportalen.",
        "client-id-wrong": "Compare the client ID with Samarbeidsportalen, and test with production.",
        "client-in-other-environment": "Use the client of this environment: test or production.",
        "client-secret-expired": "Make a new secret in Samarbeidsportalen: they last 360 days.",
        "client-secret-invalid": "Enter the secret as Samarbeidsportalen showed it; a new one ends the old one.",
        "grant-type-not-allowed": "Use the authorization code with PKCE; refresh tokens only where the client has "
        "them.",
        "id-token-used": "Send the access token: the ID token’s aud is the client.",
        "issuer-spelling-mismatch": "Configure the issuer without a slash at its end.",
        "issuer-wrong-tenant": "Request the token in the environment that the API accepts: test or production.",
        "jwks-wrong-source": "Read the keys of the same environment: the issuer, then /jwks.json.",
        "pkce-mismatch": "Sign in again; the challenge is S256, 43 characters without padding.",
        "redirect-uri-mismatch": "Add the address to the client in Samarbeidsportalen; localhost only in test.",
        "refresh-token-expired": "Have the person sign in again: a refresh token lasts ten minutes without use.",
        "scope-format-invalid": "Enter openid and the scopes of the client in Samarbeidsportalen, with blanks between "
        "them.",
        "scope-missing": "Request the scope beside openid, have it on the client in Samarbeidsportalen, and have the "
        "person sign in again.",
        "scope-not-granted": "Add the scope to the client in Samarbeidsportalen, and have the person sign in again.",
        "token-expired": "Use the refresh token before it ends: access tokens last two minutes.",
        "wrong-authorization-server": "Ask the environment that the API trusts, test or production.",
    },
    registration=Record(
        "the client in Samarbeidsportalen: redirect addresses, scopes and way of authentication, without its secret",
        "Samarbeidsportalen: Integrasjoner > the client, in the same environment (test or production).",
        Owner.INTEGRATOR,
    ),
    log=Record(
        "what Digdir’s support sees of this request",
        "Write to Digdir’s service desk with the client id, the time and any trace id of the answer.",
        Owner.IDENTITY_PROVIDER,
    ),
)
