"""What a workspace's other providers know from the beginning; none of their clients has a key yet."""

from console.sandbox.ids import guid
from console.sandbox.registered import (
    AltinnConsent,
    Application,
    Delegation,
    Maskinporten,
    OrganisationClient,
    OrganisationScope,
    Registrations,
    SystemUser,
    TokenX,
)

SUPPLIER, CUSTOMER, STRANGER = "310000019", "310000027", "310000035"  # organisations of nobody
READ, WRITE, REPORTS = "sandbox:orders.read", "sandbox:orders.write", "sandbox:reports.read"
CLOSED, LOGIN, FOREIGN = "sandbox:archive.read", "sandbox:login", "sandbox:payroll.read"
FRONTEND, API = "dev-gcp:shop:frontend", "dev-gcp:shop:orders"
BACKEND, ALONE = "dev-gcp:store:stock", "dev-gcp:hr:pay"


def sample_registrations(seed: str) -> Registrations:
    """The samples that belong to `seed`, always the same for the same one."""
    return Registrations(_maskinporten(seed), _tokenx())


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
            OrganisationClient(guid(seed, "maskinporten key"), "By a registered key", SUPPLIER, scopes=registered),
            OrganisationClient(guid(seed, "maskinporten x5c"), "By a certificate", SUPPLIER, scopes=registered),
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
