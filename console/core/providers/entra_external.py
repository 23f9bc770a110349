"""Microsoft Entra External ID: a tenant for customers, on a host of its own (reference entra.md section 6)."""

from console.core.compare import is_guid
from console.core.exchange import Failure
from console.core.issuers import host_of
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers import entra_shape
from console.core.providers.advice import entra_external as entra_external_advice
from console.core.providers.base import Provider
from console.core.providers.belief import issuer_failure, token_endpoint_problem
from console.core.providers.default_scope import SCOPE_FORM, api_of_scope, scope_problem
from console.core.providers.entra_issuer import issuer_problem

SETTINGS = (
    Setting(
        "subdomain",
        "Tenant subdomain",
        help="What stands in front of .ciamlogin.com, for example contoso.",
        max_length=100,
    ),
    Setting("tenant", "Tenant", help="Directory (tenant) ID: a GUID.", shape=SettingShape.TENANT_ID),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """Tokens name the tenant's id as host of their issuer, whatever subdomain was asked."""
    tenant = settings.get("tenant", "")
    authority = f"https://{settings.get('subdomain', '').lower()}.ciamlogin.com/{tenant}"
    issuer = f"https://{tenant}.ciamlogin.com/{tenant}/v2.0"
    return Place(
        issuer=issuer,
        metadata_url=f"{authority}/v2.0/.well-known/openid-configuration",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        authorization_endpoint=f"{authority}/oauth2/v2.0/authorize",
        end_session_endpoint=f"{authority}/oauth2/v2.0/logout",
        accepted_issuers=(issuer,),
    )


def believes(metadata: Metadata, place: Place) -> Failure | None:
    authority = place.metadata_url.removesuffix("/v2.0/.well-known/openid-configuration")
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_problem(authority, metadata.issuer))


def reads(address: str) -> dict[str, str]:
    """The id that tokens name as host is no subdomain that anybody asks at."""
    label, segment = host_of(address).partition(".")[0], address.partition("//")[2].split("/")[1:2]
    told = {"subdomain": "" if is_guid(label) else label, "tenant": "".join(filter(is_guid, segment))}
    return {name: value for name, value in told.items() if value}


PROVIDER = Provider(
    code="entra_external",
    title="Microsoft Entra External ID",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "on_behalf_of"),
    client_auths=("private_key_jwt", "client_secret_post", "none"),
    locate=locate,
    destination=lambda settings: f"entra_external {locate(settings).token_endpoint}",
    believes=believes,
    scope_form=SCOPE_FORM,
    scope_problem=scope_problem,
    api_of_scope=api_of_scope,
    expects=entra_shape.expects,
    owns=lambda address: host_of(address).endswith(".ciamlogin.com"),
    reads=reads,
    assertion=entra_shape.ASSERTION,
    words=entra_shape.words(own=entra_shape.OF_EXTERNAL_TENANTS),
    advice=entra_external_advice.ADVICE,
    help=("Microsoft’s documentation: “Microsoft Entra External ID”, external tenants.",),
    labels=entra_shape.LABELS | {"subdomain": ("Subdomain", "Tenant name")},
)
