"""What Entra ID and the sandbox, which is shaped like it, have in common (reference entra.md sections 3 and 4)."""

from collections.abc import Callable

from console.core.api import Expectation
from console.core.compare import is_graph, is_guid
from console.core.issuers import METADATA_PATH
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.place import Place
from console.core.oauth.setting import Settings
from console.core.oauth.words import ProviderWords

ASSERTION = AssertionHabits(
    audience=AssertionAudience.TOKEN_ENDPOINT,
    algorithms=("PS256", "RS256"),
    key_names=(KeyName.X5T_S256, KeyName.X5T),
    lifetime_s=600,
)
HELP = (
    "Microsoft identity platform documentation: “OAuth 2.0 client credentials flow” for requests, “Access token claims "
    "reference” for claims, “Error codes” for AADSTS numbers.",
)


def ask_for(audience: str) -> str:
    return f"Request the scope {audience.rstrip('/')}/.default and get a new token."


def request(scope: str) -> str:
    return f"Request the scope {scope} that the API exposes, have it consented to, and get a new token."


def grant(permission: str) -> str:
    return f"Have {permission} granted to this client, with admin consent, and get a new token."


OWN = (
    "/.default",
    "Application ID URI",
    "Application (client) ID",
    "app registration",
    "Directory (tenant) ID",
    "admin consent",
    "enterprise application",
    "Expose an API",
    "AADSTS",
    "Entra",
    "Microsoft",
    "Azure",
    "app role",
    "service principal",
    "national cloud",
    "Secret ID",
    "az ad",
    "az rest",
    "Certificates & secrets",
    "API permissions",
    "Users and groups of",
    "requestedAccessTokenVersion",
    "sts.windows.net",
)
OF_FLOWS = ("user flow", "custom policy", "b2clogin", "B2C")
OF_EXTERNAL_TENANTS = ("ciamlogin", "External ID", "external tenant", "user flow")


def words(*, ask_for: Callable[[str], str] = ask_for, own: tuple[str, ...] = ()) -> ProviderWords:
    return ProviderWords(
        registration="the app registration",
        client_id="Application (client) ID",
        space="tenant",
        administrator="an administrator of the tenant",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=(*OWN, *own),
        is_everyones=is_graph,
        secret_has_id=True,
    )


WORDS = words()
LABELS = {
    "client_id": ("AZURE_CLIENT_ID", "AZURE_APP_CLIENT_ID"),
    "tenant": ("AZURE_TENANT_ID", "AZURE_APP_TENANT_ID"),
}


def place_at(base: str, tenant: str, *, issuer_v1: str) -> Place:
    """The v2.0 endpoints of a tenant below a base URL; the issuer of version 1.0 tokens lives elsewhere."""
    authority = f"{base.rstrip('/')}/{tenant}"
    return Place(
        issuer=f"{authority}/v2.0",
        metadata_url=f"{authority}/v2.0{METADATA_PATH}",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        authorization_endpoint=f"{authority}/oauth2/v2.0/authorize",
        device_authorization_endpoint=f"{authority}/oauth2/v2.0/devicecode",
        accepted_issuers=(issuer_v1, f"{authority}/v2.0"),
        msal_authority=authority,
    )


def played_place(sandbox_base: str, tenant: str) -> Place:
    """A tenant of the sandbox, whose version 1.0 issuer lies beside it."""
    base = sandbox_base.rstrip("/")
    return place_at(base, tenant, issuer_v1=f"{base}/sts/{tenant}/")


def expects(settings: Settings, place: Place) -> Expectation:
    """A token of one of the tenant's issuers, and of the tenant itself where its id is known."""
    tenant = settings.get("tenant", "")
    return Expectation(issuers=place.accepted_issuers, tenant=tenant if is_guid(tenant) else None)
