"""Azure AD B2C: each policy (user flow) is an authorization server of its own (azure-docs, “Token overview” of B2C)."""

from console.core.compare import is_guid
from console.core.exchange import Failure
from console.core.issuers import host_of
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers import entra_shape
from console.core.providers.advice import entra_b2c as entra_b2c_advice
from console.core.providers.base import Provider
from console.core.providers.belief import issuer_failure, token_endpoint_problem
from console.core.providers.default_scope import SCOPE_FORM, api_of_scope, scope_problem
from console.core.providers.entra_issuer import issuer_problem

METADATA = "/v2.0/.well-known/openid-configuration"
SETTINGS = (
    Setting(
        "tenant_name",
        "Tenant name",
        help="What stands in front of .b2clogin.com and .onmicrosoft.com, for example contoso.",
        max_length=100,
    ),
    Setting("tenant", "Tenant", help="Directory (tenant) ID: a GUID. Tokens name it.", shape=SettingShape.TENANT_ID),
    Setting("policy", "Policy", help="User flow or custom policy, for example B2C_1_signin.", max_length=100),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """Tokens name the tenant alone, or with tfp the policy too: which, the policy decides."""
    name, tenant = settings.get("tenant_name", "").lower(), settings.get("tenant", "")
    policy = settings.get("policy", "")
    host = f"https://{name}.b2clogin.com"
    authority = f"{host}/{name}.onmicrosoft.com/{policy}"
    return Place(
        issuer=f"{host}/{tenant}/v2.0/",
        metadata_url=f"{authority}{METADATA}",
        token_endpoint=f"{authority}/oauth2/v2.0/token",
        jwks_uri=f"{authority}/discovery/v2.0/keys",
        authorization_endpoint=f"{authority}/oauth2/v2.0/authorize",
        end_session_endpoint=f"{authority}/oauth2/v2.0/logout",
        accepted_issuers=(f"{host}/{tenant}/v2.0/", f"{host}/tfp/{tenant}/{policy.lower()}/v2.0/"),
    )


def believes(metadata: Metadata, place: Place) -> Failure | None:
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_problem(place.metadata_url.removesuffix(METADATA), metadata.issuer))


def reads(address: str) -> dict[str, str]:
    """The tenant's name from the host, its id and the policy from the path."""
    segments = [one for one in address.partition("//")[2].split("?")[0].split("/")[1:] if one and one != "tfp"]
    told = {
        "tenant_name": host_of(address).partition(".")[0],
        "tenant": next(filter(is_guid, segments), ""),
        "policy": next((one for one in segments if one.lower().startswith("b2c_1")), ""),
    }
    return {name: value for name, value in told.items() if value}


def ask_for(audience: str) -> str:
    return (
        f"Request a scope of {audience} by the user flow, written https://<tenant>.onmicrosoft.com/<API>/<scope> "
        "(without a person its Application ID URI followed by /.default), and get a new token."
    )


PROVIDER = Provider(
    code="entra_b2c",
    title="Azure AD B2C",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token"),
    client_auths=("client_secret_post", "none"),
    locate=locate,
    destination=lambda settings: f"entra_b2c {locate(settings).token_endpoint}",
    believes=believes,
    scope_form=SCOPE_FORM,
    scope_problem=scope_problem,
    api_of_scope=api_of_scope,
    expects=entra_shape.expects,
    owns=lambda address: host_of(address).endswith(".b2clogin.com"),
    reads=reads,
    words=entra_shape.words(ask_for=ask_for, own=entra_shape.OF_FLOWS),
    advice=entra_b2c_advice.ADVICE,
    claims={"tfp": "The policy that the person signed in by.", "acr": "The same, in older policies."},
    help=("Microsoft’s documentation: “Azure AD B2C”, tokens overview and client credentials flow.",),
    labels=entra_shape.LABELS | {"tenant_name": ("B2C tenant",), "policy": ("User flow", "Policy name", "SUSI policy")},
)
