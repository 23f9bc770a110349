"""Google: people by OpenID Connect, service accounts by a signed grant (developers.google.com, “Using OAuth 2.0”).

The issuer and the token endpoint stand on two hosts. Access tokens are opaque; an ID token names its target_audience.
"""

from console.core.exchange import Failure
from console.core.issuers import host_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import google as google_advice
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import issuer_difference, issuer_failure, token_endpoint_problem
from console.core.providers.tables import google as table

ISSUER = "https://accounts.google.com"
PLACE = Place(
    issuer=ISSUER,
    metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    token_endpoint="https://oauth2.googleapis.com/token",
    jwks_uri="https://www.googleapis.com/oauth2/v3/certs",
    authorization_endpoint=f"{ISSUER}/o/oauth2/v2/auth",
    device_authorization_endpoint="https://oauth2.googleapis.com/device/code",
    revocation_endpoint="https://oauth2.googleapis.com/revoke",
    accepted_issuers=(ISSUER, "accounts.google.com"),
)
SETTINGS = (
    Setting(
        "subject",
        "Person to act for",
        help="Primary address, for a service account with domain-wide delegation; else empty.",
        is_required=False,
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:  # noqa: ARG001 (there is one Google)
    return PLACE


def believes(metadata: Metadata, place: Place) -> Failure | None:
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_difference(place.issuer, metadata.issuer))


def owns(address: str) -> bool:
    return host_of(address) in {"accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com"}


def ask_for(audience: str) -> str:
    return f"Such APIs take a Google ID token with the target_audience {audience}, which this console does not ask for."


def request(scope: str) -> str:
    return f"Request {scope} (scopes of Google’s APIs are URLs), and get a new token."


def grant(permission: str) -> str:
    return f"Have {permission} granted to the service account (IAM), or to the person."


PROVIDER = Provider(
    code="google",
    title="Google",
    settings=SETTINGS,
    grants=("jwt_bearer", "authorization_code", "refresh_token", "device_code"),
    client_auths=("client_secret_post", "client_secret_basic", "none"),
    locate=locate,
    destination=lambda settings: f"google {PLACE.token_endpoint}",  # noqa: ARG005
    believes=believes,
    scope_form=ScopeForm(
        help="URLs such as https://www.googleapis.com/auth/drive.readonly, or openid email, with blanks between them.",
        do="Enter the scope’s URL from the API’s documentation.",
        expected="https://www.googleapis.com/auth/…",
        is_required=False,
    ),
    usual={"assertion_form": "scope_inside", "assertion_audience": PLACE.token_endpoint},
    owns=owns,
    assertion=AssertionHabits(AssertionAudience.TOKEN_ENDPOINT, ("RS256",), lifetime_s=3600),
    words=ProviderWords(
        registration="the Google Cloud console (Credentials), or the key file of the service account",
        client_id="client ID, or client_email of the service account",
        space="project",
        administrator="an administrator of the project",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=(
            *("Google", "IAM role", "service account (IAM)", "googleapis", "domain-wide delegation", "target_audience"),
            *("Workspace", "gcloud", "client_email", "consent screen", "test user"),
        ),
    ),
    advice=google_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "aud": "In an ID token the client, or the target_audience that was asked for.",
        "azp": "The client, or the service account’s number.",
        "email": "The person, or the service account.",
        "hd": "The Workspace domain of the person; absent for others.",
    },
    help=("developers.google.com/identity: “Using OAuth 2.0 for server to server applications”, “OpenID Connect”.",),
    labels={
        "client_id": ("client_email", "GOOGLE_CLIENT_ID"),
        "subject": ("Delegated user", "Impersonate"),
    },
)
