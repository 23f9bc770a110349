"""ID-porten: a citizen signs in (OpenID Connect; reference grants.md section 3). Two hosts: one for the browser."""

from console.core.issuers import host_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import idporten as idporten_advice
from console.core.providers.base import SANDBOX, Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.played import ENVIRONMENT, HERE, below, environments, is_below, is_played
from console.core.providers.tables import idporten as table

HOSTS = {
    "test": ("https://test.idporten.no", "https://login.test.idporten.no"),
    "prod": ("https://idporten.no", "https://login.idporten.no"),
}
SETTINGS = (
    environments(("test", "ID-porten, test"), ("prod", "ID-porten"), sandbox="Sandbox, as ID-porten"),
    Setting(
        "acr_values",
        "Level of sign-in",
        help="How strongly the citizen must sign in; a higher level is always taken.",
        choices=(
            ("", "As ID-porten does"),
            ("idporten-loa-low", "Low (idporten-loa-low)"),
            ("idporten-loa-substantial", "Substantial (idporten-loa-substantial)"),
            ("idporten-loa-high", "High (idporten-loa-high)"),
        ),
        is_required=False,
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    """Introspection and revocation stand on the issuer's host as in its documents (paths unconfirmed)."""
    chosen = settings.get(ENVIRONMENT, "")
    here = below(sandbox_base, "idporten")
    issuer, login = (here, here) if chosen == HERE else HOSTS.get(chosen, ("", ""))
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{issuer}/token",
        jwks_uri=f"{issuer}/jwks.json",
        authorization_endpoint=f"{login}/authorize",
        introspection_endpoint=f"{issuer}/introspect",
        revocation_endpoint=f"{issuer}/revoke",
        end_session_endpoint=f"{login}/logout",
        pushed_authorization_request_endpoint=f"{issuer}/par",
        accepted_issuers=(issuer,),
        names_itself_in_answers=True,
    )


def ask_for(audience: str) -> str:
    return (
        f"Send resource={audience} in the authorization request, which becomes aud, and have the person sign in again."
    )


def request(scope: str) -> str:
    return f"Request {scope} beside openid, have it on the client in Samarbeidsportalen, and sign in again."


def grant(permission: str) -> str:
    return f"Have {permission} added to the client in Samarbeidsportalen, and have the person sign in again."


def owns(address: str) -> bool:
    host = host_of(address)
    return is_below(address, "idporten") or host.removeprefix("login.") in {"idporten.no", "test.idporten.no"}


def reads(address: str) -> dict[str, str]:
    if is_below(address, "idporten"):
        return {ENVIRONMENT: HERE}
    return {ENVIRONMENT: "test" if "test.idporten.no" in host_of(address) else "prod"}


PROVIDER = Provider(
    code="idporten",
    title="ID-porten",
    settings=SETTINGS,
    grants=("authorization_code", "refresh_token"),
    client_auths=("private_key_jwt", "client_secret_basic", "client_secret_post", "none"),
    locate=locate,
    destination=lambda settings: f"idporten {locate(settings, SANDBOX).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="openid, or openid profile; scopes of APIs beside them.",
        do="Enter openid and the scopes of the client in Samarbeidsportalen, with blanks between them.",
        expected="openid profile",
        source="docs.digdir.no: ID-porten, authorization endpoint",
    ),
    is_played=is_played,
    takes_dpop=True,
    owns=owns,
    reads=reads,
    assertion=AssertionHabits(AssertionAudience.ISSUER, ("RS256",), (KeyName.KID, KeyName.X5C), lifetime_s=120),
    words=ProviderWords(
        registration="the client in Samarbeidsportalen",
        client_id="client ID",
        space="environment",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=("Samarbeidsportalen", "Digdir", "ID-porten", "idporten-loa"),
    ),
    advice=idporten_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "sub": "The citizen, named differently to each client.",
        "pid": "The citizen's number; may be missing.",
        "acr": "How strongly the citizen signed in: idporten-loa-low, -substantial or -high.",
        "amr": "By which means; for information only.",
        "aud": "In an ID token the client. In an access token the API, and only where a resource was asked for.",
        "client_id": "The client that the citizen signed in at.",
    },
    help=(
        "docs.digdir.no, ID-porten: “Authorization endpoint”, “Token endpoint”, “ID token”.",
        "Samarbeidsportalen: the client with its redirect addresses, scopes and way of authentication.",
    ),
    labels={
        "client_id": ("IDPORTEN_CLIENT_ID", "Integration ID", "Integrasjonens identifikator"),
        "acr_values": ("Security level", "Sikkerhetsnivå"),
    },
)
