"""Okta: an org with authorization servers, of which “default” is one (developer.okta.com, “Authorization servers”)."""

from console.core.issuers import host_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import okta as okta_advice
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.domains import domain_in
from console.core.providers.tables import okta as table

ORG = "org"
SETTINGS = (
    Setting("domain", "Okta domain", help="For example example.okta.com, or the custom domain."),
    Setting(
        "server",
        "Authorization server",
        help="default, its id (aus…), or org for the org’s own, whose tokens are for Okta’s APIs alone.",
    ),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """The org's own server has the bare domain as issuer, and its endpoints beside the custom ones."""
    base, server = f"https://{domain_in(settings.get('domain', ''))}", settings.get("server", "")
    issuer = base if server == ORG else f"{base}/oauth2/{server}"
    below = f"{base}/oauth2/v1" if server == ORG else f"{issuer}/v1"
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{below}/token",
        jwks_uri=f"{below}/keys",
        authorization_endpoint=f"{below}/authorize",
        device_authorization_endpoint=f"{below}/device/authorize",
        introspection_endpoint=f"{below}/introspect",
        revocation_endpoint=f"{below}/revoke",
        end_session_endpoint=f"{below}/logout",
        pushed_authorization_request_endpoint=f"{below}/par",
        accepted_issuers=(issuer,),
    )


def owns(address: str) -> bool:
    return host_of(address).endswith((".okta.com", ".oktapreview.com", ".okta-emea.com"))


def ask_for(audience: str) -> str:
    return (
        f"Ask the authorization server whose audience is {audience} (Security > API > Authorization Servers): each has "
        "one audience, and a request cannot choose another."
    )


def request(scope: str) -> str:
    return f"Request {scope}, which the authorization server must have and an access policy allow, and get a new token."


def grant(permission: str) -> str:
    return f"Have {permission} allowed for this client in an access policy of the authorization server."


def reads(address: str) -> dict[str, str]:
    """The domain, and the server where the path names one."""
    segments = address.partition("//")[2].split("?")[0].split("/")[1:]
    behind = segments[1] if segments[:1] == ["oauth2"] and len(segments) > 1 else ""
    server = ORG if behind == "v1" else behind
    return {"domain": host_of(address), **({"server": server} if server else {})}


PROVIDER = Provider(
    code="okta",
    title="Okta",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "token_exchange", "password"),
    client_auths=("client_secret_post", "client_secret_basic", "private_key_jwt", "none"),
    takes_dpop=True,
    locate=locate,
    destination=lambda settings: f"okta {locate(settings).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="Scopes of the authorization server, with blanks between them; without a person at least one of its own.",
        do="Enter a scope that stands on the tab Scopes of the authorization server.",
        expected="scopes of the authorization server",
    ),
    owns=owns,
    reads=reads,
    assertion=AssertionHabits(AssertionAudience.TOKEN_ENDPOINT, ("RS256", "ES256", "PS256"), lifetime_s=300),
    words=ProviderWords(
        registration="the app integration in the Okta admin console",
        client_id="Client ID",
        space="authorization server",
        administrator="an administrator of the Okta organisation",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=(
            *("Okta", "Security > API", "access policy of the authorization server", "app integration", "SSWS"),
            *("System Log", "Sign-in redirect URIs", "custom authorization server"),
        ),
        is_everyones=lambda audience: owns(audience) and "/oauth2" not in audience,
    ),
    advice=okta_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "cid": "The client that asked.",
        "scp": "The scopes, as a list.",
        "aud": "The audience of the authorization server.",
        "uid": "The person’s id; absent in a token without a person.",
        "sub": "The person’s login, or the client id.",
    },
    help=(
        "developer.okta.com: “Authorization servers”, “Client credentials flow”, “OpenID Connect and OAuth 2.0 API”.",
    ),
    labels={
        "domain": ("OKTA_DOMAIN", "Okta URL", "OKTA_ORG_URL"),
        "server": ("Authorization server ID", "AUTH_SERVER_ID"),
        "client_id": ("OKTA_CLIENT_ID",),
    },
)
