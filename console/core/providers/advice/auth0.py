"""Auth0: its dashboard and command line."""

from console.core.providers.advice.base import Advice, Record

_M2M = "Tick the permissions under APIs > the API > Machine to Machine Applications"

ADVICE = Advice(
    do={
        "app-permission-not-granted": f"{_M2M}, and get a new token.",
        "assertion-audience-wrong": "Set aud of the assertion to https://<domain>/, with the slash at its end.",
        "audience-other-api": "Send the parameter audience with the Identifier of this API, and get a new token.",
        "certificate-not-registered": "Add the public key to the application (tab “Credentials”).",
        "claim-name-mismatch": "Have the check read permissions, which the API’s settings switch on (Add Permissions "
        "in the Access Token); claims of one’s own have a URL in front.",
        "client-auth-method-mismatch": "Send what “Authentication Method” on the tab “Credentials” of the application "
        "names.",
        "client-id-wrong": "Compare Client ID and domain with the settings of the application.",
        "client-secret-expired": "Rotate the secret in the settings of the application, and enter the new one.",
        "client-secret-invalid": "Copy Client ID and Client Secret anew from the settings of the application.",
        "client-type-mismatch": "Use an application of the right type: single-page and native ones have no secret.",
        "consent-missing": "Sign in and consent; a first-party application may skip it (the API’s settings, Allow "
        "Skipping User Consent), but not on localhost.",
        "grant-type-not-allowed": "Switch the grant on under Advanced Settings > Grant Types of the application.",
        "id-token-used": "Send the access token: the ID token’s aud is the Client ID.",
        "interaction-required": "Sign in in a browser; a silent request cannot ask.",
        "issuer-spelling-mismatch": "Write the issuer with the slash at its end, and with the domain that was asked.",
        "issuer-wrong-tenant": "Request the token from the domain that the API accepts.",
        "jwks-wrong-source": "Read the keys of the domain in iss: the issuer, then .well-known/jwks.json.",
        "metadata-url-invalid": "Write the metadata address as the issuer, then .well-known/openid-configuration.",
        "opaque-token": "Send the parameter audience with the Identifier of the API: without it tokens are opaque.",
        "redirect-uri-mismatch": "Add the address to Allowed Callback URLs of the application.",
        "refresh-token-expired": "Sign in again; the application’s settings say how long a refresh token lasts.",
        "refresh-token-reused": "Sign in again and keep the newest refresh token: Refresh Token Rotation is on.",
        "resource-not-found": "Send as audience the Identifier of the API, letter by letter.",
        "role-insufficient": "Have a role with the permission assigned to the person, and RBAC switched on for the "
        "API.",
        "scope-format-invalid": "Write scopes as the tab “Permissions” of the API names them.",
        "scope-missing": "Request the permission as scope together with the audience of the API, and get a new token.",
        "scope-not-granted": f"{_M2M}.",
        "signing-algorithm-mismatch": "Have API and settings agree: an API of Auth0 signs with RS256 or HS256.",
        "target-access-policy": "Authorize the application for the API (APIs > the API > Machine to Machine "
        "Applications).",
        "tenant-not-found": "Compare the domain, region included, letter by letter.",
        "user-not-assigned": "Have the person let in by the connection and the rules or Actions of sign-in.",
        "wrong-authorization-server": "Compare the domain with the one that the API trusts; a custom domain is another "
        "issuer.",
    },
    commands={
        "audience-other-api": "auth0 apis list",
        "resource-not-found": "auth0 apis list",
        "scope-not-granted": "auth0 apis scopes list <id of the API>",
    },
    registration=Record(
        "the application’s settings: type, grant types, callback URLs and authorized APIs, without its secret",
        "Auth0 dashboard: Applications > the application, tabs “Settings” and “APIs”.",
        command="auth0 apps show <client id>",
    ),
    log=Record(
        "the log entry of this request",
        "Auth0 dashboard: Monitoring > Logs, by the client id and the time (types that begin with f are failures).",
        command='auth0 logs list --filter "client_id:<client id>" --number 20',
    ),
)
