"""Sample content: the sandbox's APIs, published, and profiles that work at once."""

from console.adapters import clock, random
from console.core.actor import Actor, Role
from console.core.api import Api, Expectation
from console.core.credential import Secret
from console.core.issuers import METADATA_PATH
from console.core.profile import ProfileDraft
from console.sandbox.defaults import SampleCatalogue, policy
from console.sandbox.partners import partner_issuers, partners_api
from console.sandbox.policy_text import BASE
from console.sandbox.state import ApiRegistration
from console.services import own_sandbox, profiles, sandbox, sandbox_tenant
from console.store import apis, people

CERTIFICATE_DAYS = 365
PARTNERS = "Partners (sandbox)"


def prepare() -> None:
    """Makes what is missing of the sample content; keeps what is there."""
    sandbox.ensure_installation()
    everybody = [person for person in people.list_all() if person.is_active]
    admin = next((person for person in everybody if Role.ADMIN in person.roles), None)
    if admin is not None:
        _publish_samples(Actor(admin.id, admin.email, admin.roles))
    for person in everybody:
        actor = Actor(person.id, person.email, person.roles)
        if actor.has(Role.INTEGRATOR) and not profiles.list_own(actor):
            add_samples(actor)


def add_samples(actor: Actor) -> int:
    """Gives the actor the sample profiles, credentials included; the number made."""
    samples = sandbox.samples()
    by_place = {api.base_url: api.id for api in apis.list_visible(actor) if api.is_published}
    orders, invoices = by_place.get(f"{BASE}/gateway/orders"), by_place.get(f"{BASE}/gateway/invoices")
    _with_secret(actor, samples, "Sample: orders with a secret", api=samples.orders, api_id=orders)
    _with_certificate(actor, samples, "Sample: orders with a certificate", api_id=orders)
    _with_secret(actor, samples, "Sample: invoices, v1 tokens", api=samples.invoices, api_id=invoices)
    return 3


def _publish_samples(admin: Actor) -> None:
    samples = sandbox.samples()
    existing = {api.name for api in apis.list_visible(admin)}
    tenant = samples.state.tenant_id
    drafts = (_api(samples.orders, "orders", tenant), _api(samples.invoices, "invoices", tenant), _partners())
    for draft in drafts:
        if draft.name not in existing:
            made = apis.create(admin, draft, id=random.new_id(), now=clock.now())
            apis.publish(admin, made.id, is_published=True, expected_version=made.version)


def _title(registration: ApiRegistration) -> str:
    return f"{registration.name} (sandbox)"


def _api(registration: ApiRegistration, path: str, tenant: str) -> Api:
    """The Api as the sandbox's gateway guards it."""
    is_v2 = registration.requested_version == 2
    provider = f"{BASE}/{tenant}"
    metadata = f"{provider}/v2.0" if is_v2 else provider
    return Api(
        id="",
        owner_id=0,
        name=_title(registration),
        base_url=f"{BASE}/gateway/{path}",
        expectation=Expectation(
            audiences=(registration.id if is_v2 else registration.identifier_uri,),
            issuers=(f"{provider}/v2.0" if is_v2 else f"{BASE}/sts/{tenant}/",),
            authorized_parties=(own_sandbox.CLIENTS,),
            roles=registration.app_roles,
            tenant=tenant,
            token_version="2.0" if is_v2 else "1.0",
            algorithms=("RS256",),
        ),
        policy=policy(registration, tenant),
        metadata_url=f"{metadata}{METADATA_PATH}",
    )


def _partners() -> Api:
    """The API for tokens of the further providers. Whose keys sign them, the profile's own provider says."""
    return Api(
        id="",
        owner_id=0,
        name=PARTNERS,
        base_url=f"{BASE}/gateway/{partners_api().path}",
        expectation=Expectation(issuers=partner_issuers(), algorithms=("RS256", "PS256", "ES256")),
        policy=partners_api().policy,
    )


def _draft(
    samples: SampleCatalogue, name: str, *, client_id: str, api: ApiRegistration, api_id: str | None
) -> ProfileDraft:
    return ProfileDraft(
        name=name,
        environment="sandbox",
        provider="sandbox",
        settings={"tenant": samples.state.tenant_id},
        client_id=client_id,
        grant="client_credentials",
        scope=f"{api.identifier_uri}/.default",
        api_id=api_id,
    )


def _with_secret(
    actor: Actor, samples: SampleCatalogue, name: str, *, api: ApiRegistration, api_id: str | None
) -> None:
    draft = _draft(samples, name, client_id=samples.secret_client.id, api=api, api_id=api_id)
    profile = profiles.create(actor, draft)
    profiles.replace_secret(actor, profile.id, Secret(samples.client_secret))
    profiles.replace_subscription_key(actor, profile.id, Secret(samples.subscription_key))


def _with_certificate(actor: Actor, samples: SampleCatalogue, name: str, *, api_id: str | None) -> None:
    client_id = samples.certificate_client.id
    draft = _draft(samples, name, client_id=client_id, api=samples.orders, api_id=api_id)
    profile = profiles.create(actor, draft)
    profiles.make_certificate(actor, profile.id, days=CERTIFICATE_DAYS)
    sandbox_tenant.add_profile_certificate(actor, client_id, profile.id)
    profiles.replace_subscription_key(actor, profile.id, Secret(samples.subscription_key))
