"""Auth0: a tenant with a domain; the parameter audience names the API (auth0.com/docs, “Get access tokens”)."""

from console.core.issuers import host_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import auth0 as auth0_advice
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.domains import domain_in
from console.core.providers.tables import auth0 as table

SETTINGS = (
    Setting("domain", "Domain", help="For example example.eu.auth0.com, or the custom domain. Tokens name it."),
    Setting(
        "audience",
        "Audience",
        help="The Identifier of the API. Without it the token is opaque.",
        is_required=False,
        max_length=500,
    ),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """The issuer ends with a slash."""
    base = f"https://{domain_in(settings.get('domain', ''))}"
    return Place(
        issuer=f"{base}/",
        metadata_url=f"{base}/.well-known/openid-configuration",
        token_endpoint=f"{base}/oauth/token",
        jwks_uri=f"{base}/.well-known/jwks.json",
        authorization_endpoint=f"{base}/authorize",
        device_authorization_endpoint=f"{base}/oauth/device/code",
        revocation_endpoint=f"{base}/oauth/revoke",
        end_session_endpoint=f"{base}/oidc/logout",
        pushed_authorization_request_endpoint=f"{base}/oauth/par",
        accepted_issuers=(f"{base}/",),
    )


def adds(settings: Settings) -> tuple[tuple[str, str], ...]:
    audience = settings.get("audience", "")
    return (("audience", audience),) if audience else ()


def ask_for(audience: str) -> str:
    return f"Send the parameter audience={audience} (the Identifier of the API) with the request, and get a new token."


def request(scope: str) -> str:
    return f"Request the permission {scope} together with the API’s audience, have it granted, and get a new token."


def grant(permission: str) -> str:
    return f"Have {permission} ticked for this application under APIs > the API > Machine to Machine Applications."


def reads(address: str) -> dict[str, str]:
    return {"domain": host_of(address)}


PROVIDER = Provider(
    code="auth0",
    title="Auth0",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "password"),
    client_auths=("client_secret_post", "client_secret_basic", "private_key_jwt", "none"),
    takes_dpop=True,
    locate=locate,
    destination=lambda settings: f"auth0 {locate(settings).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="Permissions of the API, with blanks between them; empty asks for all that were granted.",
        do="Enter permissions that the API has and that the application was granted, or leave it empty.",
        expected="permissions of the API",
        is_required=False,
    ),
    adds=adds,
    owns=lambda address: host_of(address).endswith(".auth0.com"),
    reads=reads,
    assertion=AssertionHabits(AssertionAudience.ISSUER, ("RS256", "RS384", "PS256"), lifetime_s=300),
    words=ProviderWords(
        registration="the application’s settings in the Auth0 dashboard",
        client_id="Client ID",
        space="domain",
        administrator="an administrator of the tenant",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=(
            *("Auth0", "auth0", "Machine to Machine", "Identifier of", "Allowed Callback URLs"),
            *("Advanced Settings > Grant Types", "Add Permissions in"),
        ),
        is_everyones=lambda audience: audience.endswith("/userinfo") or audience.endswith("/api/v2/"),
    ),
    advice=auth0_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "iss": "The domain that was asked, with a slash at its end.",
        "aud": "The Identifier of the API; with openid a list that names /userinfo too.",
        "azp": "The application that asked.",
        "gty": "client-credentials in a token without a person.",
        "sub": "The person, or <client id>@clients.",
        "scope": "Permissions, separated by blanks.",
        "permissions": "Permissions as a list, where the API has “Add permissions in the access token”.",
    },
    help=("auth0.com/docs: “Get access tokens”, “Client credentials flow”, “Validate access tokens”.",),
    labels={
        "domain": ("AUTH0_DOMAIN", "Auth0 domain"),
        "audience": ("AUTH0_AUDIENCE", "API identifier", "Identifier"),
        "client_id": ("AUTH0_CLIENT_ID",),
    },
)
