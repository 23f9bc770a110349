"""Keycloak: its admin console (Server Administration Guide) and its admin command line, kcadm.sh."""

from console.core.providers.advice.base import Advice, Record

_CLIENT = "“Client ID” and realm"

ADVICE = Advice(
    do={
        "access-token-where-id-token-expected": "Have the API take access tokens, whose typ is Bearer; those whose typ "
        "is ID are for the client.",
        "app-permission-not-granted": "Assign the role to the client (tab “Service accounts roles”), and have a mapper "
        "write it into the token.",
        "application-disabled": "Have the client switched on in the realm (Clients > the client > Enabled).",
        "assertion-audience-wrong": "Set aud of the assertion to the issuer URL of the realm.",
        "assertion-lifetime-invalid": "Make a new assertion for each request; Keycloak takes 60 seconds by default.",
        "audience-other-api": "Have an audience mapper for this API added to a client scope of the client, request "
        "that scope where it is optional, and get a new token.",
        "authorization-code-redeemed": "Start the sign-in again and redeem the code once, within a minute.",
        "certificate-not-registered": "Upload the public key on the tab “Keys” of the client, and name it by its kid.",
        "certificate-or-key-expired": "Make a new key, and upload it on the tab “Keys” of the client.",
        "claim-name-mismatch": "Roles stand under realm_access and resource_access: have a mapper write them into the "
        "claim that the check reads, or have the check read them there.",
        "client-auth-method-mismatch": "Send what “Client Authenticator” on the tab “Credentials” names, or change it.",
        "client-credential-missing": "Send the secret or the assertion that the tab “Credentials” of the client asks "
        "for.",
        "client-id-wrong": f"Compare {_CLIENT}, letter by letter.",
        "client-secret-expired": "Copy the secret anew from the tab “Credentials” of the client.",
        "client-secret-invalid": "Copy the secret anew from the tab “Credentials”, and compare the realm.",
        "client-type-mismatch": "Switch “Client authentication” on for a client with a secret, and off for a public "
        "one (Settings > Capability config).",
        "consent-missing": "Sign in and consent, or have “Consent required” switched off for this client.",
        "grant-type-not-allowed": "Switch the flow on in the settings of the client (Capability config): “Service "
        "accounts roles” for client credentials, “Standard flow” for codes.",
        "id-token-used": "Send access_token of the same answer: its typ is Bearer, that of the ID token is ID.",
        "interaction-required": "Sign in in a browser and finish what is asked, or have the administrator clear "
        "“Required user actions” of the person.",
        "issuer-spelling-mismatch": "Configure the issuer as tokens spell it, without a slash at its end; have one "
        "host name set for Keycloak (hostname), for it writes the one that was asked.",
        "issuer-wrong-tenant": "Request the token from the realm that the API accepts.",
        "jwks-wrong-source": "Read the keys of the token’s own realm: its issuer, then /protocol/openid-connect/certs.",
        "metadata-url-invalid": "Write the metadata address as the issuer of the realm, then "
        "/.well-known/openid-configuration.",
        "obo-assertion-wrong-audience": "Exchange a token whose aud holds the client that exchanges it: an audience "
        "mapper of the first client writes it there.",
        "pkce-mismatch": "Send the code_verifier of the same sign-in; the tab “Advanced” of the client says which "
        "method is wanted.",
        "redirect-uri-mismatch": "Add the address to “Valid redirect URIs” of the client.",
        "refresh-token-expired": "Sign in again; how long a session lasts is set under Realm settings > Sessions.",
        "refresh-token-reused": "Sign in again and keep the newest refresh token: this realm revokes the older one.",
        "resource-not-found": "Name the API by its Client ID in this realm.",
        "role-insufficient": "Have the role assigned to the person or a group of theirs (Role mapping), or to the "
        "client’s service account, and get a new token.",
        "scope-format-invalid": "Enter names of client scopes that the client has, with blanks between them.",
        "scope-missing": "Request the client scope that holds the permission (an optional one must be asked for), and "
        "get a new token.",
        "scope-not-granted": "Add the client scope to the client, as default or optional.",
        "signing-algorithm-mismatch": "Have the API take the algorithm of the realm’s active key (Realm settings > "
        "Keys).",
        "target-access-policy": "Have token exchange towards the API allowed for this client in the realm.",
        "tenant-not-found": "Compare the name of the realm, letter by letter.",
        "token-expired": "Get a new token before the old one ends; Realm settings > Tokens says how long they last.",
        "user-not-assigned": "Have the role that the client asks for assigned to the person.",
        "wrong-authorization-server": "Compare the realm in the addresses with the one that the API trusts.",
    },
    commands={
        "audience-other-api": "kcadm.sh create clients/<id of the client>/protocol-mappers/models -r <realm> "
        "-s name=api-audience -s protocol=openid-connect -s protocolMapper=oidc-audience-mapper "
        "-s 'config.\"included.client.audience\"=<Client ID of the API>' -s 'config.\"access.token.claim\"=true'",
        "app-permission-not-granted": "kcadm.sh add-roles -r <realm> --uusername service-account-<client id> "
        "--cclientid <Client ID of the API> --rolename <role>",
        "grant-type-not-allowed": "kcadm.sh update clients/<id of the client> -r <realm> -s "
        "serviceAccountsEnabled=true",
        "scope-not-granted": "kcadm.sh update clients/<id of the client>/optional-client-scopes/<id of the scope> "
        "-r <realm>",
    },
    registration=Record(
        "the client in the realm: enabled, flows, client scopes and redirect URIs, without its secret",
        "Admin console: Clients > the client > Settings, and the tab “Client scopes”.",
        command="kcadm.sh get clients -r <realm> -q clientId=<client id> --fields "
        "clientId,enabled,publicClient,serviceAccountsEnabled,standardFlowEnabled,redirectUris",
    ),
    log=Record(
        "the event that Keycloak kept of this request",
        "Admin console: Events > User events of the realm, by client and time; where they are not kept, the server’s "
        "log has a line with type=CLIENT_LOGIN_ERROR or LOGIN_ERROR and an error.",
        command="kcadm.sh get events -r <realm> -q client=<client id> -q max=20",
    ),
)
