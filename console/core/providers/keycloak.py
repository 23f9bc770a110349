"""Keycloak: a server of one's own with realms (its guides “Server administration” and “Securing applications”).

aud of an access token holds what audience mappers put there; a new realm's is often "account", which is no API.
"""

from console.core.issuers import read_issuer
from console.core.oauth.habits import AssertionAudience, AssertionHabits
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.oauth.words import ProviderWords
from console.core.providers.advice import keycloak as keycloak_advice
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import own_place_problem
from console.core.providers.tables import keycloak as table

SETTINGS = (
    Setting(
        "base_url",
        "Address of the server",
        help="What stands in front of /realms/, for example https://login.example.com; older servers have /auth.",
        shape=SettingShape.URL,
        max_length=500,
    ),
    Setting("realm", "Realm", help="The name of the realm, letter by letter, as it stands in its addresses."),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    issuer = f"{settings.get('base_url', '').rstrip('/')}/realms/{settings.get('realm', '')}"
    below = f"{issuer}/protocol/openid-connect"
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{below}/token",
        jwks_uri=f"{below}/certs",
        authorization_endpoint=f"{below}/auth",
        device_authorization_endpoint=f"{below}/auth/device",
        introspection_endpoint=f"{below}/token/introspect",
        revocation_endpoint=f"{below}/revoke",
        end_session_endpoint=f"{below}/logout",
        pushed_authorization_request_endpoint=f"{below}/ext/par/request",
        accepted_issuers=(issuer,),
    )


def ask_for(audience: str) -> str:
    return (
        f"Have an audience mapper for {audience} added to a client scope of this client (or to its dedicated scope), "
        "request that scope where it is optional, and get a new token."
    )


def request(scope: str) -> str:
    return f"Have {scope} in a client scope of this client, request that where it is optional, and get a new token."


def grant(permission: str) -> str:
    return (
        f"Have {permission} assigned to this client’s service account (tab “Service accounts roles”), or to the person."
    )


def reads(address: str) -> dict[str, str]:
    form = read_issuer(address)
    return {"base_url": form.base, "realm": form.tenant}


PROVIDER = Provider(
    code="keycloak",
    title="Keycloak",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "token_exchange", "password"),
    client_auths=(
        "client_secret_post",
        "client_secret_basic",
        "private_key_jwt",
        "tls_client_auth",
        "none",
    ),
    takes_dpop=True,
    locate=locate,
    destination=lambda settings: f"keycloak {locate(settings).token_endpoint}",
    believes=own_place_problem,
    scope_form=ScopeForm(
        help="Client scopes of the client, with blanks between them; may be empty.",
        do="Enter names of client scopes that the client has, or leave it empty.",
        expected="names of client scopes",
        is_required=False,
    ),
    owns=lambda address: read_issuer(address).provider == "keycloak",
    reads=reads,
    assertion=AssertionHabits(AssertionAudience.ISSUER, ("PS256", "RS256", "ES256"), lifetime_s=60),
    words=ProviderWords(
        registration="the client in the realm (admin console, Clients)",
        client_id="Client ID",
        space="realm",
        administrator="an administrator of the realm",
        ask_for=ask_for,
        request=request,
        grant=grant,
        own=(
            *("realm", "client scope", "audience mapper", "Keycloak", "kcadm", "Service accounts roles"),
            *("Capability config", "Valid redirect URIs", "protocol-mappers", "realm_access"),
        ),
        is_everyones=lambda audience: audience == "account",
    ),
    advice=keycloak_advice.ADVICE,
    errors=table.ROWS,
    claims={
        "azp": "The client that the token was issued to.",
        "aud": "What audience mappers put there; “account” is Keycloak’s own account page and no API.",
        "realm_access": "Roles of the realm, under roles.",
        "resource_access": "Roles by client, under roles.",
        "scope": "The client scopes that were granted, separated by blanks.",
        "typ": "Bearer for an access token, ID for an ID token, Refresh or Offline for refresh tokens.",
    },
    help=("keycloak.org: “Server Administration Guide”, chapters on clients, client scopes and audience support.",),
    labels={
        "base_url": ("auth-server-url", "Keycloak URL", "KEYCLOAK_URL"),
        "realm": ("KEYCLOAK_REALM",),
        "client_id": ("resource", "KEYCLOAK_CLIENT_ID"),
    },
)
