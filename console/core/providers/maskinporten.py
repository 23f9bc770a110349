"""Maskinporten: an organisation asks with a grant that it signed (RFC 7523 section 2.1; reference grants.md section 1).

The issuer ends with a slash, and the access token usually has no audience: consumer says who asked.
"""

from console.core.issuers import host_of
from console.core.oauth.assertion_form import SCOPE_INSIDE
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import ProviderWords, scopes_listed
from console.core.providers.advice import maskinporten as maskinporten_advice
from console.core.providers.base import SANDBOX, Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.played import ENVIRONMENT, HERE, below, environments, is_below, is_played
from console.core.providers.tables import maskinporten as table

ISSUERS = {"test": "https://test.maskinporten.no/", "prod": "https://maskinporten.no/"}
SETTINGS = (
    environments(("test", "Maskinporten, test"), ("prod", "Maskinporten"), sandbox="Sandbox, as Maskinporten"),
    Setting(
        "resource",
        "Resource",
        help="The API that the token is for, where its owner demands an audience; it becomes aud.",
        is_required=False,
        max_length=500,
    ),
    Setting(
        "consumer_org",
        "Customer’s organisation number",
        help="Nine digits; only for a supplier who acts for a customer by delegation in Altinn.",
        is_required=False,
        max_length=9,
    ),
)
SCOPE_FORM = ScopeForm(
    help="prefix:subscope as registered on the client, several with blanks between them; it travels inside the grant.",
    do="Enter the scopes as they stand on the client in Samarbeidsportalen, for example nav:helse/sykepenger/afp.read.",
    expected="prefix:subscope",
    source="docs.digdir.no: Maskinporten, scopes",
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    chosen = settings.get(ENVIRONMENT, "")
    issuer = f"{below(sandbox_base, 'maskinporten')}/" if chosen == HERE else ISSUERS.get(chosen, "")
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}.well-known/oauth-authorization-server",
        token_endpoint=f"{issuer}token",
        jwks_uri=f"{issuer}jwk",
        accepted_issuers=(issuer,),
    )


def scope_problem(grant: str, scope: str) -> str | None:  # noqa: ARG001 (there is one grant)
    if "," in scope or ";" in scope:
        return "Scopes are separated by blanks, not by commas or semicolons."
    odd = [one for one in scope.split() if ":" not in one.strip(":")]
    verb = "has" if len(odd) == 1 else "have"
    return f"A scope has a prefix and a colon in front, and {scopes_listed(odd)} {verb} none." if odd else None


def ask_for(audience: str) -> str:
    return f"Set resource to {audience} in the profile, which becomes aud of the token, and get a new token."


def request(scope: str) -> str:
    return (
        f"Put {scope} into the claim scope of the grant, with it on the client in Samarbeidsportalen; get a new token."
    )


def grant(permission: str) -> str:
    return f"Have {permission} added to the client in Samarbeidsportalen, and access to it given by the API's owner."


def owns(address: str) -> bool:
    return is_below(address, "maskinporten") or host_of(address) in {"maskinporten.no", "test.maskinporten.no"}


def reads(address: str) -> dict[str, str]:
    here = {host_of(issuer): code for code, issuer in ISSUERS.items()}
    return {ENVIRONMENT: HERE if is_below(address, "maskinporten") else here[host_of(address)]}


PROVIDER = Provider(
    code="maskinporten",
    title="Maskinporten",
    settings=SETTINGS,
    grants=("jwt_bearer",),
    client_auths=("private_key_jwt",),
    locate=locate,
    destination=lambda settings: f"maskinporten {locate(settings, SANDBOX).token_endpoint}",
    believes=own_place_problem,
    scope_form=SCOPE_FORM,
    scope_problem=scope_problem,
    usual={"assertion_form": SCOPE_INSIDE, "assertion_audience": "", "subject": ""},
    is_played=is_played,
    owns=owns,
    reads=reads,
    assertion=AssertionHabits(
        AssertionAudience.ISSUER, ("RS256", "RS384", "RS512"), (KeyName.KID, KeyName.X5C), lifetime_s=120
    ),
    words=ProviderWords(
        registration="the client in Samarbeidsportalen",
        client_id="client ID",
        space="environment",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=("Samarbeidsportalen", "Digdir", "Altinn", "Maskinporten", "MP-", "consumer_org", "organisation number"),
    ),
    advice=maskinporten_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "consumer": "The organisation that asked, as 0192:<organisation number>; with supplier, the customer.",
        "supplier": "The organisation that does the work for the consumer, by delegation.",
        "client_id": "The client at Maskinporten; not made for deciding access.",
        "client_amr": "How the client proved itself.",
        "aud": "Absent unless a resource was asked for.",
        "pid": "A person's number, put in by the client: nobody signed in.",
        "scope": "The permissions, separated by blanks.",
    },
    help=(
        "docs.digdir.no, Maskinporten: “Token endpoint” for the grant, “Error codes” for MP numbers.",
        "Samarbeidsportalen: the client with its scopes and keys.",
    ),
    labels={
        "client_id": ("MASKINPORTEN_CLIENT_ID", "Integration ID", "Integrasjonens identifikator"),
        "scope": ("MASKINPORTEN_SCOPES", "Scopes", "Skop"),
        "resource": ("Audience", "Ressurs"),
        "consumer_org": ("Consumer org", "Kundens organisasjonsnummer"),
    },
)
