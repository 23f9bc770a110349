"""Azure AD B2C: each user flow or custom policy has metadata and endpoints of its own."""

from dataclasses import replace

from console.core.providers.advice import entra
from console.core.providers.advice.base import Record

_SCOPE = (
    "Request a scope of this API, written https://<tenant>.onmicrosoft.com/<API>/<scope> (without a person its "
    "Application ID URI followed by /.default), and get a new token."
)
_NOT_HERE = ("conditional-access-blocked", "federated-credential-mismatch", "group-overage", "wrong-cloud")
_NOR_HERE = ("managed-identity-not-assigned", "resource-role-missing", "user-not-assigned", "issuer-version-mismatch")

ADVICE = replace(
    entra.ADVICE,
    do={
        **{slug: text for slug, text in entra.ADVICE.do.items() if slug not in {*_NOT_HERE, *_NOR_HERE}},
        "audience-other-api": _SCOPE,
        "client-id-wrong": "Enter the Application (client) ID of the app registration in the B2C tenant itself.",
        "consent-missing": "Have an administrator of the B2C tenant grant admin consent: its people cannot consent.",
        "id-token-used": "Request a scope of the API besides openid, and send the access token: without one the user "
        "flow gives none.",
        "interaction-required": "Have the person sign in by the user flow again.",
        "issuer-spelling-mismatch": "Configure the issuer as the user flow’s metadata states it, with the slash at its "
        "end.",
        "issuer-wrong-tenant": "Request the token from the tenant and user flow that the API accepts.",
        "jwks-wrong-source": "Read the keys from the metadata of the user flow or custom policy that tfp or acr names: "
        "those of the directory are others.",
        "metadata-url-invalid": "Write the name of the user flow or custom policy (B2C_1_…) into the metadata address.",
        "redirect-uri-mismatch": "Add the address under Authentication of the app registration in the B2C tenant.",
        "refresh-token-expired": "Sign in again; the user flow’s properties say how long a refresh token lasts.",
        "scope-lacks-resource": "Ask for a scope of the API besides openid: without one the user flow gives no access "
        "token.",
        "scope-missing": _SCOPE,
        "tenant-not-found": "Compare <tenant>.b2clogin.com, the tenant and the name of the user flow, letter by "
        "letter.",
        "wrong-authorization-server": "Ask <tenant>.b2clogin.com with the user flow that the API trusts.",
    },
    log=Record(
        "the sign-in log’s entry for this request, or the trace of the custom policy",
        "Azure portal, in the B2C tenant: Azure AD B2C > Audit logs, by the correlation ID of the answer; custom "
        "policies write to Application Insights.",
    ),
)
