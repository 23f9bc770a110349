"""What a workspace's other providers know from the beginning; none of their clients has a key yet."""

from dataclasses import replace

from console.sandbox.ids import guid, hash_of, opaque
from console.sandbox.providers.generic.grants import device_code, token_exchange
from console.sandbox.providers.oauth.client_auth import BASIC, KEY, NONE, POST, SELF_SIGNED
from console.sandbox.registered import (
    AltinnConsent,
    Application,
    Delegation,
    Maskinporten,
    OAuthClient,
    OrganisationClient,
    OrganisationScope,
    RegisteredSecret,
    Registrations,
    SystemUser,
    TokenX,
)
from console.sandbox.state import BACK

# The console's own, and for clients on the person's machine one at any port (RFC 8252 section 7.3).
WAYS_BACK = (BACK, "http://localhost/callback", "http://127.0.0.1/callback")
NEVER = 4_102_444_800  # 2100-01-01: the sample secrets outlive the workspace
_PERSON = ("authorization_code", "refresh_token")
_EVERY = (*_PERSON, "client_credentials", device_code.GRANT_TYPE, token_exchange.GRANT_TYPE)
SUPPLIER, CUSTOMER, STRANGER = "310000019", "310000027", "310000035"  # organisations of nobody
READ, WRITE, REPORTS = "sandbox:orders.read", "sandbox:orders.write", "sandbox:reports.read"
CLOSED, LOGIN, FOREIGN = "sandbox:archive.read", "sandbox:login", "sandbox:payroll.read"
FRONTEND, API = "dev-gcp:shop:frontend", "dev-gcp:shop:orders"
BACKEND, ALONE = "dev-gcp:store:stock", "dev-gcp:hr:pay"


def sample_registrations(seed: str) -> Registrations:
    """The samples that belong to `seed`, always the same for the same one."""
    return Registrations(_maskinporten(seed), _tokenx(), _idporten(seed), _generic(seed))


def _maskinporten(seed: str) -> Maskinporten:
    both = (SUPPLIER, CUSTOMER)
    scopes = (
        OrganisationScope(READ, both),
        OrganisationScope(WRITE, both),
        OrganisationScope(REPORTS, (SUPPLIER,), max_age_s=600),
        OrganisationScope(CLOSED),
        OrganisationScope(LOGIN, both, integration="idporten"),
        OrganisationScope(FOREIGN, both),
    )
    registered = (READ, WRITE, REPORTS, CLOSED, LOGIN)
    return Maskinporten(
        clients=(
            OrganisationClient(
                guid(seed, "maskinporten key"), "Sample client with a registered key", SUPPLIER, scopes=registered
            ),
            OrganisationClient(
                guid(seed, "maskinporten x5c"), "Sample client with a certificate", SUPPLIER, scopes=registered
            ),
        ),
        scopes=scopes,
        delegations=(Delegation(CUSTOMER, SUPPLIER, READ),),
        system_users=(
            SystemUser(guid(seed, "system user"), CUSTOMER, CUSTOMER, f"{SUPPLIER}_orders"),
            SystemUser(guid(seed, "second system user"), CUSTOMER, "branch-2", f"{SUPPLIER}_orders"),
        ),
        consents=(
            AltinnConsent(
                guid(seed, "consent"),
                "urn:altinn:person:identifier-no:07899010056",
                SUPPLIER,
                "2026-01-02T08:00:00+00:00",
                "2099-01-02T08:00:00+00:00",
                ("sandbox_income",),
            ),
        ),
    )


def _tokenx() -> TokenX:
    return TokenX(
        (
            Application(FRONTEND),
            Application(API, inbound=(FRONTEND,)),
            Application(BACKEND, inbound=(API,)),
            Application(ALONE),
        )
    )


def sample_secret(seed: str, provider: str, method: str) -> str:
    """The secret of the sample client that proves itself by this method."""
    return opaque(seed, f"{provider} {method} secret", size=30)


def _idporten(seed: str) -> tuple[OAuthClient, ...]:
    scopes = ("openid", "profile", "idporten:token.introspection")
    return tuple(
        replace(_client(seed, "idporten", method, name), scopes=scopes, grants=_PERSON, organisation=SUPPLIER)
        for method, name in (
            (BASIC, "Sample app with a secret in the header"),
            (POST, "Sample app with a secret in the body"),
            (KEY, "Sample app that signs with a key"),
            (NONE, "Sample app without a proof of itself"),
        )
    )


def _generic(seed: str) -> tuple[OAuthClient, ...]:
    scopes = ("openid", "profile", "email", "offline_access", "orders.read", "orders.write")
    public = tuple(one for one in _EVERY if one not in ("client_credentials", token_exchange.GRANT_TYPE))
    made = tuple(
        replace(_client(seed, "generic", method, name), scopes=scopes, grants=public if method == NONE else _EVERY)
        for method, name in (
            (BASIC, "Sample app with a secret in the header"),
            (POST, "Sample app with a secret in the body"),
            (KEY, "Sample app that signs with a key"),
            (SELF_SIGNED, "Sample app with a certificate in TLS"),
            (NONE, "Sample app without a proof of itself"),
        )
    )
    return tuple(replace(one, binds="mtls") if one.method == SELF_SIGNED else one for one in made)


def _client(seed: str, provider: str, method: str, name: str) -> OAuthClient:
    has_secret = method in (BASIC, POST)
    secrets = (RegisteredSecret(hash_of(sample_secret(seed, provider, method)), NEVER),) if has_secret else ()
    return OAuthClient(guid(seed, provider, method), name, method, secrets=secrets, redirect_uris=WAYS_BACK)
