"""Okta: its admin console and management API."""

from console.core.providers.advice.base import Advice, Record

ADVICE = Advice(
    do={
        "app-permission-not-granted": "Add the scope to the authorization server, and allow it for this client in a "
        "rule of an access policy: without a person, permissions are scopes (scp).",
        "application-disabled": "Have the app integration activated.",
        "assertion-audience-wrong": "Set aud of the assertion to the token endpoint that is asked.",
        "audience-other-api": "Ask the authorization server whose audience is this API (Security > API).",
        "certificate-not-registered": "Add the public key to the app integration (General > Client Credentials), and "
        "name it by its kid.",
        "certificate-or-key-expired": "Add a new public key to the app integration, and sign with it.",
        "claim-name-mismatch": "Have the check read scp, a list, for scopes, and cid for the client; groups need a "
        "claim of the authorization server.",
        "client-auth-method-mismatch": "Send what “Client authentication” of the app integration names.",
        "client-id-wrong": "Compare the Client ID and the domain with those of the app integration.",
        "client-secret-expired": "Make a new secret for the app integration (General > Client Credentials).",
        "client-secret-invalid": "Copy the secret anew from the app integration, and compare the way it is sent.",
        "client-type-mismatch": "Use an app integration of the right type: Single-Page and Native ones have no secret.",
        "consent-missing": "Sign in and consent; for the scopes okta.* have them granted on the tab “Okta API Scopes”.",
        "grant-type-not-allowed": "Tick the grant under General Settings of the app integration.",
        "id-token-used": "Send the access token: the ID token’s aud is the Client ID.",
        "interaction-required": "Sign in in a browser: a sign-on policy asks for more.",
        "issuer-spelling-mismatch": "Compare the issuer with that of the authorization server: domain and id.",
        "issuer-wrong-tenant": "Request the token from the authorization server that the API accepts.",
        "jwks-wrong-source": "Read the keys of the authorization server in iss: the issuer, then /v1/keys.",
        "metadata-url-invalid": "Take the Metadata URI of the authorization server (Security > API).",
        "opaque-token": "Ask a custom authorization server: tokens of the org’s own are for Okta alone to read.",
        "redirect-uri-mismatch": "Add the address to the Sign-in redirect URIs of the app integration.",
        "refresh-token-expired": "Sign in again; a rule of the access policy says how long a refresh token lasts.",
        "refresh-token-reused": "Sign in again and keep the newest refresh token: rotation is on.",
        "role-insufficient": "Have the person put into the group, and a groups claim added to the authorization "
        "server.",
        "scope-format-invalid": "Write scopes as the tab “Scopes” of the authorization server names them.",
        "scope-missing": "Request the scope, which the authorization server must have and an access policy allow, and "
        "get a new token.",
        "scope-not-granted": "Add the scope to the authorization server and to a rule of its access policies.",
        "target-access-policy": "Add a rule for this client to an access policy of the authorization server.",
        "tenant-not-found": "Compare the domain and the id of the authorization server, letter by letter.",
        "user-not-assigned": "Have the person or a group of theirs assigned to the app integration (Assignments).",
        "wrong-authorization-server": "Ask the authorization server that the API trusts, in place of the org’s own.",
    },
    commands={
        "scope-not-granted": 'curl "https://<domain>/api/v1/authorizationServers/<id>/scopes" '
        '-H "Authorization: SSWS $OKTA_API_TOKEN"',
        "target-access-policy": 'curl "https://<domain>/api/v1/authorizationServers/<id>/policies" '
        '-H "Authorization: SSWS $OKTA_API_TOKEN"',
        "audience-other-api": 'curl "https://<domain>/api/v1/authorizationServers" '
        '-H "Authorization: SSWS $OKTA_API_TOKEN"',
    },
    registration=Record(
        "the app integration: grant types, client authentication, redirect URIs and assignments, without its secret",
        "Okta admin console: Applications > the app integration, tabs “General” and “Assignments”.",
    ),
    log=Record(
        "the event of this request in the System Log",
        "Okta admin console: Reports > System Log, by the client id and the time; “Token Preview” of the authorization "
        "server shows what a request would give.",
        command='curl "https://<domain>/api/v1/logs?filter=actor.id+eq+%22<client id>%22&limit=20" '
        '-H "Authorization: SSWS $OKTA_API_TOKEN"',
    ),
)
