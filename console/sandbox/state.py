"""Everything one workspace of the sandbox remembers: plain values, so that it can be kept as one JSON text."""

from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Literal

import msgspec

from console.sandbox.people import MadeUpPerson, usual_people
from console.sandbox.registered import NOTHING, Registrations
from console.sandbox.roles import Grants, roles_at

CONSOLE = "{console}"  # in a redirect address: the origin of the console that serves the sandbox
BACK = f"{CONSOLE}/back/"  # where the console itself takes a person's way back


@dataclass(frozen=True, slots=True)
class ApiRegistration:
    """An API as the identity provider knows it. `requested_version` is the version of the tokens made for it.

    `app_roles` are given to applications and to people, `scopes` are what a person may let a client do.
    """

    id: str
    name: str
    requested_version: Literal[1, 2] = 2
    app_roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("access_as_user",)

    @property
    def identifier_uri(self) -> str:
        return f"api://{self.id}"


@dataclass(frozen=True, slots=True)
class SecretRecord:
    """`id` is the GUID a portal shows beside the value, `hash` SHA-256 of the value in hex, `expires_at` epoch
    seconds.
    """

    id: str
    hash: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A registered certificate: PEM, its base64url thumbprints without padding, its validity in epoch seconds."""

    pem: str
    x5t: str
    x5t_s256: str
    not_before: int
    not_after: int


@dataclass(frozen=True, slots=True)
class ClientRegistration:
    """A client of every provider that the sandbox plays. `is_public`: it may ask without any proof of itself.

    `redirect_uris` are whole addresses; `{console}` in one stands for the console's origin (see `redirects`).
    `allows_password`: it may send a person's name and password itself; `allows_implicit`: it may have tokens in an
    address. Both are off, as RFC 9700 sections 2.1.2 and 2.4 want it.
    """

    id: str
    name: str
    secrets: tuple[SecretRecord, ...] = ()
    certificates: tuple[CertificateRecord, ...] = ()
    grants: tuple[Grants, ...] = ()
    redirect_uris: tuple[str, ...] = (BACK,)
    is_public: bool = False
    allows_password: bool = False
    allows_implicit: bool = False

    def roles_for(self, api_id: str) -> tuple[str, ...]:
        return roles_at(api_id, self.grants)


@dataclass(frozen=True, slots=True)
class GatewayApi:
    """An API behind the gateway. `path` is its first path segment; `policy` may hold `{sandbox}` and
    `{sandbox-clients}`.

    `checks_possession`: a token that is bound to a key or a certificate is taken from its holder alone.
    An operation is written `GET /orders`; `*` stands for any method, or at the end of a path for any rest.
    """

    path: str
    name: str
    policy: str
    requires_key: bool = False
    checks_possession: bool = False
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedAssertion:
    """A client assertion that got a token. `key` hashes client and jti, `text` the whole of it ("" in states kept
    earlier); it is remembered until `until`.
    """

    key: str
    until: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """Work that was accepted with 202. It runs from `started_at` and is done at `done_at`, epoch seconds."""

    id: str
    started_at: int
    done_at: int
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Authorization:
    """What a person let a client have: what a code, a device code and a refresh token stand for.

    `provider` is the folder of the provider that was asked, so that nothing of one is taken at another. `scope` is
    blank-separated, as granted. `at` is when the person signed in, epoch seconds. `redirect_uri` is as it was asked
    for, `challenge` the S256 challenge of RFC 7636; "" without one. `details` are further names and values.
    """

    provider: str
    client_id: str
    scope: str
    person_id: str = ""
    at: int = 0
    redirect_uri: str = ""
    challenge: str = ""
    nonce: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, name: str) -> str:
        return next((value for one, value in self.details if one == name), "")


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code by its hash, good once and until `until`. `family` is what was issued for it, "" before."""

    key: str
    authorization: Authorization
    until: int
    is_used: bool = False
    family: str = ""


@dataclass(frozen=True, slots=True)
class RefreshFamily:
    """The refresh tokens that came one from the other (RFC 9700 section 4.14.2), by their hashes.

    `current` is the one that is good; one of `spent` that comes again shows that somebody else has it too.
    """

    id: str
    authorization: Authorization
    current: str
    until: int
    spent: tuple[str, ...] = ()
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A device that waits for a person (RFC 8628): its code by hash, the person's code as it is typed.

    `person_id` is who answered, "" before, and `is_denied` how. `interval_s` grows for one that asks too often.
    """

    key: str
    user_code: str
    authorization: Authorization
    until: int
    interval_s: int = 5
    polled_at: int = 0
    is_denied: bool = False

    @property
    def is_answered(self) -> bool:
        return self.is_denied or self.authorization.person_id != ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person lets a client do with an API; `person_id` "" is an administrator's word for everybody."""

    client_id: str
    person_id: str
    api_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who signed in at a provider, for questions without a page (`prompt=none`)."""

    provider: str
    person_id: str
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something to be remembered until `until`: a jti that was seen, a pushed request. `key` is a hash."""

    key: str
    until: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """One workspace. `entropy` is fresh random hex that the caller sets for each request; it is never kept.

    `fault` is the code of the active fault, None when the sandbox behaves. `key_hashes` are the SHA-256 hex digests
    of the valid subscription keys.
    """

    tenant_id: str
    entropy: str = ""
    apis: tuple[ApiRegistration, ...] = ()
    clients: tuple[ClientRegistration, ...] = ()
    gateway_apis: tuple[GatewayApi, ...] = ()
    key_hashes: tuple[str, ...] = ()
    fault: str | None = None
    people: tuple[MadeUpPerson, ...] = ()
    used_assertions: tuple[UsedAssertion, ...] = ()
    operations: tuple[Operation, ...] = ()
    registered: Registrations = NOTHING
    codes: tuple[Code, ...] = ()
    refresh_families: tuple[RefreshFamily, ...] = ()
    device_codes: tuple[DeviceCode, ...] = ()
    consents: tuple[Consent, ...] = ()
    sessions: tuple[SignedIn, ...] = ()
    marks: tuple[Remembered, ...] = ()

    def client(self, client_id: str) -> ClientRegistration | None:
        return next((client for client in self.clients if client.id == client_id.lower()), None)

    def api(self, api_id: str) -> ApiRegistration | None:
        return next((api for api in self.apis if api.id == api_id), None)

    def person(self, person_id: str) -> MadeUpPerson | None:
        return next((person for person in self.people if person.id == person_id), None)


# What requests change; all the rest is changed by the workspace's owner alone.
HAPPENED = (
    "used_assertions",
    "operations",
    "codes",
    "refresh_families",
    "device_codes",
    "consents",
    "sessions",
    "marks",
)


_NAMES = tuple(field.name for field in fields(State))
_VALUES, _ENTROPY = attrgetter(*_NAMES), _NAMES.index("entropy")


def with_entropy(state: State, entropy: str) -> State:
    """The state with this entropy, in half the time that `replace` takes: it is made for each request."""
    values = list(_VALUES(state))
    values[_ENTROPY] = entropy
    return State(*values)


def dump_state(state: State) -> str:
    """The JSON text to keep, ASCII, without the entropy."""
    return msgspec.json.format(msgspec.json.encode(replace(state, entropy="")), indent=0).decode()


def load_state(text: str) -> State:
    """The state in a kept JSON text; raises msgspec.ValidationError or DecodeError when it is none.

    What earlier versions kept has no people: they are the usual ones.
    """
    state = msgspec.json.decode(text, type=State)
    return state if state.people else replace(state, people=people_of(state.tenant_id, state.apis))


def people_of(tenant_id: str, apis: tuple[ApiRegistration, ...]) -> tuple[MadeUpPerson, ...]:
    """The usual people of a tenant, each with the app roles they have at its APIs."""
    return usual_people(tenant_id, {api.id: api.app_roles for api in apis})
