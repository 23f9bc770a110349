"""The sandbox's tenant as an administrator of it would see it: register clients, give them secrets and roles."""

from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.tokens import certificates
from console.sandbox import registration
from console.sandbox.ids import hash_of
from console.sandbox.registration import put_admin_consent, put_client, with_certificate, with_secret
from console.sandbox.roles import Grants
from console.sandbox.state import ClientRegistration, State
from console.services import client_keys, sandbox

YEAR_S = 365 * 86_400
MAX_CLIENTS = 50


@dataclass(frozen=True, slots=True)
class Registered:
    """A client with the secret just made for it; the value is shown once and kept only as a hash."""

    client: ClientRegistration
    secret: Secret


def new_client_id() -> str:
    """An id for a client that is registered later: the form carries it, so that sending it twice makes one client."""
    return random.new_id()


def register_client(actor: Actor, name: str, *, roles: dict[str, tuple[str, ...]], client_id: str) -> Registered | None:
    """A new client registration with a first secret and the roles granted per API id; None when the id is taken."""
    value = random.token(24)
    blank = ClientRegistration(client_id, name, grants=_grants(roles))
    client = with_secret(blank, value, expires_at=clock.now() + YEAR_S)

    def edit(state: State) -> State:
        if state.client(client_id) is not None:
            return state
        if len(state.clients) >= MAX_CLIENTS:
            raise NotFound("The sandbox's tenant is full.", do="Remove a client registration first.")
        return put_client(state, client)

    is_made = sandbox.change(actor, edit, told="client made").client(client_id) == client
    return Registered(client, Secret(value)) if is_made else None


def add_secret(actor: Actor, client_id: str) -> Registered:
    value = random.token(24)
    expires_at = clock.now() + YEAR_S
    state = sandbox.change(
        actor,
        lambda state: put_client(state, with_secret(_client(state, client_id), value, expires_at=expires_at)),
        told=f"secret of client {client_id} made",
    )
    return Registered(_client(state, client_id), Secret(value))


def add_certificate(actor: Actor, client_id: str, data: bytes) -> bool:
    """Registers a public certificate (PEM or DER); False when the bytes hold none."""
    pem = certificates.read_public(data)
    if pem is None:
        return False
    sandbox.change(
        actor,
        lambda state: put_client(state, with_certificate(_client(state, client_id), pem)),
        told=f"certificate of client {client_id} added",
    )
    return True


def add_profile_certificate(actor: Actor, client_id: str, profile_id: str) -> None:
    """Registers the public certificate of one of the actor's profiles; NotFound when it has none."""
    add_certificate(actor, client_id, client_keys.public_certificate(actor, profile_id))


def grant_roles(actor: Actor, client_id: str, roles: dict[str, tuple[str, ...]]) -> None:
    """Replaces the roles the client has, per API id."""
    sandbox.change(
        actor,
        lambda state: put_client(state, replace(_client(state, client_id), grants=_grants(roles))),
        told=f"roles of client {client_id} changed",
    )


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """How a client may have people sign in. `consented_apis` are those that an administrator consented to for all."""

    redirect_uris: tuple[str, ...]
    is_public: bool
    allows_password: bool
    allows_implicit: bool
    consented_apis: tuple[str, ...]


def set_sign_in(actor: Actor, client_id: str, chosen: SignInSettings) -> None:
    """Raises NotFound for a client that is not registered."""

    def edit(state: State) -> State:
        client = replace(
            _client(state, client_id),
            redirect_uris=chosen.redirect_uris,
            is_public=chosen.is_public,
            allows_password=chosen.allows_password,
            allows_implicit=chosen.allows_implicit,
        )
        return put_admin_consent(_in_place(state, client), client_id, chosen.consented_apis)

    sandbox.change(actor, edit, told=f"sign-in of client {client_id} changed")


def forget_consents(actor: Actor, client_id: str) -> None:
    """What people consented to for a client; they are asked again."""

    def edit(state: State) -> State:
        _client(state, client_id)
        return registration.forget_consents(state, client_id)

    sandbox.change(actor, edit, told=f"consents for client {client_id} forgotten")


def _in_place(state: State, client: ClientRegistration) -> State:
    """The state with this client where it stood."""
    return replace(state, clients=tuple(client if one.id == client.id else one for one in state.clients))


def remove_client(actor: Actor, client_id: str) -> None:
    def edit(state: State) -> State:
        _client(state, client_id)
        return replace(state, clients=tuple(client for client in state.clients if client.id != client_id))

    sandbox.change(actor, edit, told=f"client {client_id} removed")


def make_subscription_key(actor: Actor) -> Secret:
    """One more valid subscription key; the value is shown once."""
    value = random.token(16)
    sandbox.change(
        actor,
        lambda state: replace(state, key_hashes=(*state.key_hashes, hash_of(value))[-20:]),
        told="subscription key made",
    )
    return Secret(value)


def _client(state: State, client_id: str) -> ClientRegistration:
    client = state.client(client_id)
    if client is None:
        raise NotFound("There is no such client registration.")
    return client


def _grants(roles: dict[str, tuple[str, ...]]) -> tuple[Grants, ...]:
    return tuple(Grants(api_id, names) for api_id, names in roles.items() if names)
