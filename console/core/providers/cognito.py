"""Amazon Cognito: a user pool, and the domain of its hosted pages (developer guide, “Token endpoint”).

An access token has no aud: client_id says which app client asked, and scope what it may do.
"""

from console.core.exchange import Failure
from console.core.issuers import host_of
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords, scopes_listed
from console.core.owner import Owner
from console.core.providers.advice import cognito as cognito_advice
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import issuer_difference, issuer_failure, token_endpoint_problem
from console.core.providers.domains import domain_in
from console.core.providers.tables import cognito as table

SETTINGS = (
    Setting("user_pool", "User pool ID", help="For example eu-north-1_AbCdEfGhI; the region stands in front."),
    Setting(
        "domain",
        "Domain of the user pool",
        help="Where tokens are asked for: example.auth.eu-north-1.amazoncognito.com, or the custom domain.",
    ),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """The issuer stands on a host of the region, the endpoints on the domain of the hosted pages."""
    pool = settings.get("user_pool", "")
    region = pool.partition("_")[0]
    issuer = f"https://cognito-idp.{region}.amazonaws.com/{pool}"
    base = f"https://{domain_in(settings.get('domain', ''))}"
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{base}/oauth2/token",
        jwks_uri=f"{issuer}/.well-known/jwks.json",
        authorization_endpoint=f"{base}/oauth2/authorize",
        revocation_endpoint=f"{base}/oauth2/revoke",
        end_session_endpoint=f"{base}/logout",
        accepted_issuers=(issuer,),
    )


def believes(metadata: Metadata, place: Place) -> Failure | None:
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_difference(place.issuer, metadata.issuer))


def scope_problem(grant: str, scope: str) -> str | None:
    """Without a person only scopes of resource servers are given, and they have a slash."""
    if grant != "client_credentials":
        return None
    odd = [one for one in scope.split() if "/" not in one]
    named = f"{scopes_listed(odd)} {'is' if len(odd) == 1 else 'are'} not"
    return f"Without a person a scope is written identifier/scope, and {named}." if odd else None


def owns(address: str) -> bool:
    host = host_of(address)
    return host.endswith(".amazoncognito.com") or (host.startswith("cognito-idp.") and host.endswith(".amazonaws.com"))


def ask_for(audience: str) -> str:
    return f"Have the API check client_id and scope: {audience} cannot be there, for Cognito writes no aud."


def request(scope: str) -> str:
    return f"Request {scope}, written identifier/scope, have it allowed for the app client, and get a new token."


def grant(permission: str) -> str:
    return f"Have {permission} defined on a resource server and allowed for this app client, and get a new token."


def reads(address: str) -> dict[str, str]:
    host, path = host_of(address), address.partition("//")[2].partition("/")[2]
    pool = path.split("/")[0] if host.startswith("cognito-idp.") else ""
    return {"user_pool": pool} if pool else {} if host.startswith("cognito-idp.") else {"domain": host}


PROVIDER = Provider(
    code="cognito",
    title="Amazon Cognito",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token"),
    client_auths=("client_secret_basic", "client_secret_post", "none"),
    locate=locate,
    destination=lambda settings: f"cognito {locate(settings).token_endpoint}",
    believes=believes,
    scope_form=ScopeForm(
        help="identifier/scope of a resource server, with blanks between them; empty asks for all that are allowed.",
        do="Enter scopes as identifier/scope, as a resource server of the user pool defines them.",
        expected="identifier/scope",
        source="Amazon Cognito developer guide: resource servers",
        is_required=False,
    ),
    scope_problem=scope_problem,
    owns=owns,
    reads=reads,
    words=ProviderWords(
        registration="the app client of the user pool",
        client_id="Client ID",
        space="user pool",
        administrator="an administrator of the user pool",
        ask_for=ask_for,
        asked_by=Owner.API_OWNER,
        request=request,
        grant=grant,
        own=("Cognito", "cognito", "user pool", "app client", "resource server", "AWS", "aws "),
    ),
    advice=cognito_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "client_id": "The app client that asked; it takes the place of aud.",
        "token_use": "access or id.",
        "scope": "The scopes, each as identifier/scope, separated by blanks.",
        "cognito:groups": "Groups of the person.",
        "aud": "Only in ID tokens: the app client.",
    },
    help=(
        "docs.aws.amazon.com, Amazon Cognito developer guide: “Token endpoint”, “Scopes, M2M, and resource servers”.",
    ),
    labels={
        "user_pool": ("User pool", "UserPoolId", "COGNITO_USER_POOL_ID", "Pool Id"),
        "domain": ("Cognito domain", "Hosted UI", "COGNITO_DOMAIN"),
        "client_id": ("App client ID", "ClientId", "COGNITO_CLIENT_ID"),
    },
)
