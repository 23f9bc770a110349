"""What Entra ID and the sandbox, which is shaped like it, have in common."""

from console.core.api import Expectation
from console.core.compare import is_guid
from console.core.issuers import METADATA_PATH
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.place import Place
from console.core.oauth.setting import Settings

# entra.md section 4.1: RSA keys only, named by the certificate; ten minutes are what its documents recommend.
ASSERTION = AssertionHabits(
    AssertionAudience.TOKEN_ENDPOINT, ("PS256", "RS256"), (KeyName.X5T_S256, KeyName.X5T, KeyName.X5C), lifetime_s=600
)


def place_at(base: str, tenant: str, *, issuer_v1: str) -> Place:
    """The v2.0 endpoints of a tenant below a base URL; the issuer of version 1.0 tokens lives elsewhere."""
    authority = f"{base.rstrip('/')}/{tenant}"
    return Place(
        issuer=f"{authority}/v2.0",
        metadata_url=f"{authority}/v2.0{METADATA_PATH}",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        authorization_endpoint=f"{authority}/oauth2/v2.0/authorize",
        accepted_issuers=(issuer_v1, f"{authority}/v2.0"),
        msal_authority=authority,
    )


def expects(settings: Settings, place: Place) -> Expectation:
    """A token of one of the tenant's issuers, and of the tenant itself where its id is known."""
    tenant = settings.get("tenant", "")
    return Expectation(issuers=place.accepted_issuers, tenant=tenant if is_guid(tenant) else None)
