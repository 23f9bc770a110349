"""Client ID and tenant have the shapes that Entra ID and the sandbox give them."""

import re
from collections.abc import Iterator

from console.core.checks.wording import shown
from console.core.compare import is_guid
from console.core.finding import Finding, Status
from console.core.issuers import CONSUMERS_TENANT, TENANTLESS
from console.core.oauth.setting import SettingShape
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks.hidden import tidy
from console.core.profile_checks.settings import settings_of

NO_OWN_TENANT = TENANTLESS | {CONSUMERS_TENANT}
_SAMPLE_GUID = re.compile(r"(?:0{8}-(?:0{4}-){3}0{12}|12345678-1234-1234-1234-123456789(?:012|abc))", re.I)
_SAMPLE_WORDS = re.compile(
    r"[<{\[].*[>}\]]|x{4,}+[x-]*+|changeme|placeholder|(?:your|my|enter|insert|replace|the)[-_ ].*"
    r"|(?:tenant|client|directory|app|application)[-_ ]?(?:id|guid)?",
    re.I | re.S,
)
_DOMAIN_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.I)
_TAKES_DOMAINS = {SettingShape.TENANT: True, SettingShape.TENANT_ID: False}
_SOURCE = "Microsoft identity platform: client credentials flow"


def check(profile: Profile | ProfileDraft) -> Iterator[Finding]:
    client_id = tidy(profile.client_id)
    tenants = [one for one in settings_of(profile.provider, profile.grant) if one.shape in _TAKES_DOMAINS]
    values = {setting.shape: tidy(profile.settings.get(setting.name, "")) for setting in tenants}
    if client_id and client_id.lower() in (tenant.lower() for tenant in values.values()):
        yield _same(client_id)
        return
    if tenants:  # where there are none, the provider has its own way of naming a client
        yield from _check_client_id(client_id)
    for shape, tenant in values.items():
        if profile.grant != "client_credentials" and tenant.lower() in NO_OWN_TENANT:
            continue  # a person brings a tenant along
        yield from _check_tenant(tenant, takes_domains=_TAKES_DOMAINS[shape])


def is_placeholder(value: str) -> bool:
    """True for what stands in instructions where one's own value belongs."""
    return bool(_SAMPLE_GUID.fullmatch(value) or _SAMPLE_WORDS.fullmatch(value[:300]))


def is_domain(value: str) -> bool:
    """True for a name of at least two labels (RFC 1035 section 2.3.1)."""
    labels = value.split(".") if len(value) <= 253 else []
    return len(labels) > 1 and all(map(_DOMAIN_LABEL.fullmatch, labels)) and not labels[-1].isdigit()


def _check_client_id(value: str) -> Iterator[Finding]:
    if is_placeholder(value):
        yield _placeholder("client ID", value, code="profile-client-id")
    elif not is_guid(value):
        yield _problem(
            "The client ID does not look like an application ID.",
            why=f"It is {_quoted(value)}; an application ID is a GUID of 8-4-4-4-12 hexadecimal digits.",
            do='Copy "Application (client) ID" from the overview of the app registration.',
            code="profile-client-id",
            actual=value,
        )


def _check_tenant(value: str, *, takes_domains: bool) -> Iterator[Finding]:
    if value.lower() in NO_OWN_TENANT:
        yield _problem(
            "The tenant stands for many tenants, and an application asks in the name of one.",
            why=f"The tenant is {_quoted(value)}; without a user, client credentials need the ID of one tenant.",
            do='Enter "Directory (tenant) ID" from the overview of the app registration.',
            code="profile-tenant",
            actual=value,
        )
    elif is_placeholder(value):
        yield _placeholder("tenant", value, code="profile-tenant")
    elif not is_guid(value) and not (takes_domains and is_domain(value)):
        wanted = "a GUID, or a verified domain of the tenant" if takes_domains else "a GUID"
        yield _problem(
            "The tenant does not look like a tenant.",
            why=f"It is {_quoted(value)}; a tenant is {wanted}.",
            do='Enter "Directory (tenant) ID" from the overview of the app registration.',
            code="profile-tenant",
            actual=value,
        )


def _placeholder(name: str, value: str, *, code: str) -> Finding:
    return _problem(
        f"The {name} is still the placeholder of an instruction.",
        why=f"It is {_quoted(value)}, which stands for a value of your own.",
        do=f"Enter the {name} of your app registration.",
        code=code,
        actual=value,
    )


def _same(value: str) -> Finding:
    return _problem(
        "Client ID and tenant are the same.",
        why=f"Both are {_quoted(value)}; an application and its tenant always have different IDs.",
        do='Compare both with "Application (client) ID" and "Directory (tenant) ID" of the app registration.',
        code="profile-client-id",
        actual=value,
    )


def _problem(what: str, *, why: str, do: str, code: str, actual: str) -> Finding:
    expected = "a GUID of 8-4-4-4-12 hexadecimal digits, as the app registration shows it"
    return Finding(Status.FAIL, what, why, do, Owner.INTEGRATOR, expected, shown(actual), check=code, source=_SOURCE)


def _quoted(value: str) -> str:
    return shown(value) if value else "empty"
