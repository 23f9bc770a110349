"""TokenX (tokendings): an app exchanges a citizen's token for one to the next app (RFC 8693; grants.md section 2)."""

from console.core.issuers import host_of
from console.core.oauth.assertion_form import TOKEN_TYPE_JWT
from console.core.oauth.habits import AssertionAudience, AssertionHabits
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import tokenx as tokenx_advice
from console.core.providers.base import SANDBOX, Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.played import ENVIRONMENT, HERE, below, environments, is_below, is_played
from console.core.providers.tables import tokenx as table

ISSUERS = {"dev": "https://tokenx.dev-gcp.nav.cloud.nais.io", "prod": "https://tokenx.prod-gcp.nav.cloud.nais.io"}
SETTINGS = (
    environments(("dev", "TokenX, development"), ("prod", "TokenX"), sandbox="Sandbox, as TokenX"),
    Setting(
        "audience",
        "Audience",
        help="The app that is called: <cluster>:<namespace>:<app>, for example dev-gcp:team-a:api.",
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    chosen = settings.get(ENVIRONMENT, "")
    issuer = below(sandbox_base, "tokenx") if chosen == HERE else ISSUERS.get(chosen, "")
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/oauth-authorization-server",
        token_endpoint=f"{issuer}/token",
        jwks_uri=f"{issuer}/jwks",
        accepted_issuers=(issuer,),
    )


def ask_for(audience: str) -> str:
    return f"Exchange with the audience {audience}, written <cluster>:<namespace>:<app>, and get a new token."


def request(scope: str) -> str:
    return f"Have the API decide by client_id and acr: TokenX gives no {scope}, nor any scope of its own."


def grant(permission: str) -> str:
    return f"Have {permission} allowed for this app in accessPolicy.inbound of the API's NAIS manifest."


def owns(address: str) -> bool:
    host = host_of(address)
    return is_below(address, "tokenx") or (host.startswith("tokenx.") and host.endswith(".nais.io"))


def reads(address: str) -> dict[str, str]:
    if is_below(address, "tokenx"):
        return {ENVIRONMENT: HERE}
    return {ENVIRONMENT: "prod" if ".prod-" in host_of(address) else "dev"}


PROVIDER = Provider(
    code="tokenx",
    title="TokenX",
    settings=SETTINGS,
    grants=("token_exchange",),
    client_auths=("private_key_jwt",),
    locate=locate,
    destination=lambda settings: f"tokenx {locate(settings, SANDBOX).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="TokenX asks for none: the audience says what the token is for.", is_required=False, is_asked=False
    ),
    adds=lambda settings: (("audience", settings.get("audience", "")),),
    usual={"subject_token_type": TOKEN_TYPE_JWT, "requested_token_type": "", "resource": ""},
    is_played=is_played,
    owns=owns,
    reads=reads,
    assertion=AssertionHabits(AssertionAudience.ISSUER, ("RS256",), lifetime_s=120),
    words=ProviderWords(
        registration="the app's NAIS manifest (TOKEN_X_CLIENT_ID)",
        client_id="client ID (<cluster>:<namespace>:<app>)",
        space="cluster",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=("NAIS", "accessPolicy", "TokenX", "TOKEN_X", "<cluster>", "ID-porten", "kubectl"),
    ),
    advice=tokenx_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "aud": "The client id of the app that is called: <cluster>:<namespace>:<app>.",
        "client_id": "The app that exchanged: the caller.",
        "idp": "Who the person signed in at first.",
        "sub": "The person, as ID-porten named them to the first app.",
        "pid": "The person's number.",
        "acr": "How strongly the person signed in: idporten-loa-high or Level4, idporten-loa-substantial or Level3.",
    },
    help=("doc.nais.io: “TokenX” for the exchange, “Access policies” for who may ask.",),
    labels={
        "client_id": ("TOKEN_X_CLIENT_ID",),
        "audience": ("TOKEN_X_AUDIENCE", "Target", "target", "Target app"),
    },
)
