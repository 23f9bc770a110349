"""The version 1.0 endpoint of Microsoft Entra ID, which asks by resource and not by scope; credential managers use it.

MSAL does not speak it, so a plain form is sent (entra.md section 3; grants.md section 4).
"""

from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers import entra_clouds, entra_shape
from console.core.providers.advice import entra_v1 as entra_v1_advice
from console.core.providers.base import SANDBOX, Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.played import ENVIRONMENT, HERE

CLOUDS = {code: f"{title}, version 1.0 endpoint" for code, (title, _) in entra_clouds.CLOUDS.items()}
SETTINGS = (
    Setting(
        ENVIRONMENT,
        "Cloud",
        choices=(*CLOUDS.items(), (HERE, "Sandbox of this console, version 1.0 endpoint")),
        is_variant=True,
    ),
    Setting(
        "tenant",
        "Tenant",
        help="Directory (tenant) ID: a GUID, or a verified domain of the tenant.",
        shape=SettingShape.TENANT,
    ),
    Setting(
        "resource",
        "Resource",
        help="The API’s Application ID URI or client id, without /.default: it becomes aud.",
        max_length=500,
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    """The endpoints beside those of version 2.0; tokens have the version 1.0 issuer."""
    chosen, tenant = settings.get(ENVIRONMENT, ""), settings.get("tenant", "")
    is_here = chosen == HERE
    newer = entra_shape.played_place(sandbox_base, tenant) if is_here else entra_clouds.place(chosen, tenant)
    authority = newer.msal_authority
    return Place(
        issuer=newer.accepted_issuers[0],
        metadata_url=f"{authority}/.well-known/openid-configuration",
        token_endpoint=f"{authority}/oauth2/token",
        jwks_uri=newer.jwks_uri,
        authorization_endpoint=f"{authority}/oauth2/authorize",
        device_authorization_endpoint=f"{authority}/oauth2/devicecode",
        accepted_issuers=newer.accepted_issuers,
    )


def ask_for(audience: str) -> str:
    return f"Set the resource to {audience.rstrip('/')} and get a new token."


PROVIDER = Provider(
    code="entra_v1",
    title="Microsoft Entra ID, version 1.0 endpoint",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "on_behalf_of"),
    client_auths=("private_key_jwt", "client_secret_post"),
    locate=locate,
    destination=lambda settings: f"entra_v1 {locate(settings, SANDBOX).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="This endpoint asks by resource.", is_required=False, is_asked=False, do="Set the resource of the profile."
    ),
    expects=entra_shape.expects,
    adds=lambda settings: (("resource", settings.get("resource", "")),),
    is_played=lambda settings: settings.get(ENVIRONMENT) == HERE,
    assertion=entra_shape.ASSERTION,
    words=entra_shape.words(ask_for=ask_for),
    advice=entra_v1_advice.ADVICE,
    help=("Microsoft’s archived documentation: “Azure AD for developers (v1.0)”, service to service calls.",),
    labels=entra_shape.LABELS | {"resource": ("App ID URI", "RESOURCE")},
)
