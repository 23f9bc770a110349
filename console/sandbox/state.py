"""Everything one workspace of the sandbox remembers: plain values, so that it can be kept as one JSON text."""

from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from console.sandbox.registered import NOTHING, Registrations


@dataclass(frozen=True, slots=True)
class ApiRegistration:
    """An API as the identity provider knows it. `requested_version` is the version of the tokens made for it."""

    id: str
    name: str
    requested_version: Literal[1, 2] = 2
    app_roles: tuple[str, ...] = ()

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
class Grants:
    """The app roles of one API that an administrator granted to a client."""

    api_id: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientRegistration:
    id: str
    name: str
    secrets: tuple[SecretRecord, ...] = ()
    certificates: tuple[CertificateRecord, ...] = ()
    grants: tuple[Grants, ...] = ()

    def roles_for(self, api_id: str) -> tuple[str, ...]:
        return tuple(role for grant in self.grants if grant.api_id == api_id for role in grant.roles)


@dataclass(frozen=True, slots=True)
class GatewayApi:
    """An API behind the gateway. `path` is its first path segment; `policy` may hold `{sandbox}` and
    `{sandbox-clients}`.

    An operation is written `GET /orders`; `*` stands for any method, or at the end of a path for any rest.
    """

    path: str
    name: str
    policy: str
    requires_key: bool = False
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedAssertion:
    """A client assertion that got a token. `key` hashes client and jti; it is remembered until `until`."""

    key: str
    until: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Work that was accepted with 202. It runs from `started_at` and is done at `done_at`, epoch seconds."""

    id: str
    started_at: int
    done_at: int


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
    used_assertions: tuple[UsedAssertion, ...] = ()
    operations: tuple[Operation, ...] = ()
    registered: Registrations = NOTHING

    def client(self, client_id: str) -> ClientRegistration | None:
        return next((client for client in self.clients if client.id == client_id.lower()), None)

    def api(self, api_id: str) -> ApiRegistration | None:
        return next((api for api in self.apis if api.id == api_id), None)


def dump_state(state: State) -> str:
    """The JSON text to keep, ASCII, without the entropy."""
    return msgspec.json.format(msgspec.json.encode(replace(state, entropy="")), indent=0).decode()


def load_state(text: str) -> State:
    """The state in a kept JSON text; raises msgspec.ValidationError or DecodeError when it is none."""
    return msgspec.json.decode(text, type=State)
