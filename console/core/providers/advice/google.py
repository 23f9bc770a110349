"""Google: its Cloud console and the gcloud command line."""

from console.core.owner import Owner
from console.core.providers.advice.base import Advice, Record

ADVICE = Advice(
    do={
        "api-not-enabled": "Enable the API in the project of the service account or OAuth client (APIs & Services > "
        "Library), and wait a few minutes.",
        "app-permission-not-granted": "Have the IAM role granted to the service account on the project or resource.",
        "assertion-audience-wrong": "Set aud of the grant to https://oauth2.googleapis.com/token.",
        "assertion-lifetime-invalid": "Let iat be now and exp at most 60 minutes later.",
        "audience-other-api": "Ask for an ID token with target_audience, where the API takes Google’s ID tokens: "
        "access tokens are for Google’s own APIs.",
        "certificate-not-registered": "Make a new key for the service account and use it.",
        "certificate-or-key-expired": "Make a new key for the service account and use it.",
        "client-auth-method-mismatch": "Send client_id and client_secret in the body or by Basic, or a grant signed by "
        "the service account.",
        "client-id-wrong": "Use client_email of the key file as iss, or the client ID of the OAuth client.",
        "client-secret-invalid": "Copy the client secret anew from the Google Cloud console (Credentials).",
        "client-type-mismatch": "Make an OAuth client of the right type: web, desktop, TV or phone.",
        "clock-skew": "Set the clock of the machine; a grant lives at most 60 minutes.",
        "consent-missing": "Sign in and consent; where the app is under test, have the person added as test user.",
        "delegation-missing": "Have the Workspace administrator allow the numeric client ID and these scopes under "
        "domain-wide delegation.",
        "delegation-party-missing": "Write the person’s primary address as sub of the grant.",
        "grant-type-not-allowed": "Use a service account for a server in its own name: OAuth clients have no client "
        "credentials grant.",
        "id-token-used": "Send the access token to Google’s APIs; the ID token is for the client or target_audience.",
        "issuer-spelling-mismatch": "Have the API take https://accounts.google.com, and, for older libraries, the same "
        "without https.",
        "opaque-token": "Google’s access tokens are opaque; an API of one’s own takes an ID token.",
        "redirect-uri-mismatch": "Add the address to the authorized redirect URIs of the OAuth client.",
        "refresh-token-expired": "Sign in again; in an app under test refresh tokens last seven days.",
        "resource-role-missing": "Have the IAM role granted to the service account or person on this resource; it may "
        "take minutes to count.",
        "role-insufficient": "Have the IAM role granted to the service account or person.",
        "scope-format-invalid": "Write the scope’s URL, https://www.googleapis.com/auth/…, from the API’s "
        "documentation.",
        "scope-missing": "Request the scope’s URL (https://www.googleapis.com/auth/…), and get a new token; a virtual "
        "machine’s scopes are set on the machine.",
        "scope-not-granted": "Add the scope to the OAuth consent screen, or have it allowed for the service account.",
        "user-not-assigned": "Have the person added as test user, or the app published (OAuth consent screen).",
        "wrong-authorization-server": "Ask https://oauth2.googleapis.com/token.",
    },
    commands={
        "api-not-enabled": "gcloud services enable <name of the API>.googleapis.com --project <project>",
        "certificate-not-registered": "gcloud iam service-accounts keys list --iam-account <client_email>",
        "app-permission-not-granted": "gcloud projects add-iam-policy-binding <project> --member "
        "serviceAccount:<client_email> --role <role>",
        "resource-role-missing": "gcloud projects add-iam-policy-binding <project> --member "
        "serviceAccount:<client_email> --role <role>",
    },
    registration=Record(
        "the OAuth client’s settings, or the service account with the ids of its keys, without a secret",
        "Google Cloud console: APIs & Services > Credentials, or IAM & Admin > Service Accounts.",
        Owner.INTEGRATOR,
        command="gcloud iam service-accounts keys list --iam-account <client_email>",
    ),
    log=None,  # no log of the token endpoint is shown to anybody outside
)
