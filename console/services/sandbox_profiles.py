"""A profile for a client that was just registered with the sandbox's tenant, ready to call."""

from console.core.actor import Actor
from console.core.api import Api
from console.core.errors import NotFound
from console.core.profile import Profile, ProfileDraft
from console.core.providers import sandbox as provider
from console.sandbox.policy_text import BASE
from console.sandbox.state import ApiRegistration, ClientRegistration, State
from console.services import handover, profiles, sandbox, sandbox_tenant
from console.store import apis


def make_profile(actor: Actor, client_id: str, *, sealed: str) -> tuple[Profile, list[str]]:
    """`sealed` holds the client's secret (see `services.handover`). Notes are for people. Raises NotFound."""
    state = sandbox.workspace(actor).state
    client = state.client(client_id)
    if client is None:
        raise NotFound("There is no such client registration.", do="Register it again.", who="You can do this.")
    registration = _granted(client, state)
    api = _behind_gateway(actor, registration)
    draft = ProfileDraft(
        name=client.name,
        environment="sandbox",
        provider=provider.PROVIDER.code,
        settings={"tenant": state.tenant_id},
        client_id=client.id,
        grant="client_credentials",
        scope=f"{registration.identifier_uri}/.default",
        api_id=api.id if api else None,
    )
    profile, notes = handover.make_profile(actor, draft, api=None, sealed=sealed)
    if api is not None:
        profiles.replace_subscription_key(actor, profile.id, sandbox_tenant.make_subscription_key(actor))
    return profile, notes


def _granted(client: ClientRegistration, state: State) -> ApiRegistration:
    """The first API that granted the client something, else the tenant's first."""
    return next((api for api in state.apis if client.roles_for(api.id)), state.apis[0])


def _behind_gateway(actor: Actor, registration: ApiRegistration) -> Api | None:
    """The Api of the console that the sandbox's gateway guards for this registration; None when none is visible."""
    names = {registration.id, registration.identifier_uri}
    behind = (api for api in apis.list_visible(actor) if api.base_url.startswith(f"{BASE}/gateway/"))
    return next((api for api in behind if names & set(api.expectation.audiences)), None)
