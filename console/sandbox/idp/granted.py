"""What the token endpoint gives: the tokens of one answer, and the answer made of them."""

import base64
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from console.sandbox import issued
from console.sandbox.idp import issue
from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.delegated import Wanted
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.issue import GrantFacts, Issue, Signing
from console.sandbox.idp.person_claims import PersonFacts
from console.sandbox.ids import opaque
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import Authorization, State
from console.sandbox.urls import TenantUrls


@dataclass(frozen=True, slots=True)
class Granted:
    """The access token to be signed and the state after it. `scope` is "" for an application's own token, which has no
    member of that name in Entra's answers; the rest belongs to a person's.
    """

    token: Issue
    state: State
    scope: str = ""
    refresh_token: str = ""
    id_token: Issue | None = None

    def after(self, state: State) -> "Granted":
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class RefusedWithTrace:
    """An error that leaves something behind: a family revoked, a device that asked too soon."""

    error: EntraError
    state: State


def for_person(
    authorization: Authorization, wanted: Wanted, client: Authenticated, state: State, issuing: "EntraIssuing"
) -> Granted:
    """Access token, ID token where openid was asked for. The refresh token is the grant's own matter."""
    person = state.person(authorization.person_id)
    if person is None:
        raise LookupError("an authorization names one of the workspace's people")
    about = PersonFacts(person, wanted.in_token(), authorization.at, tuple(authorization.detail("met").split()))
    facts = GrantFacts(
        issuing.provider,
        wanted.api,
        client.client,
        wanted.identifier or wanted.api.id,
        client.proof,
        issuing.now,
        state.entropy,
        about,
    )
    token = issue.prepare(facts, issuing.keys)
    if wanted.is_graph:
        header = {**token.header, "nonce": opaque(state.entropy, "graph nonce", size=32)}
        token = replace(token, header=header, signing=Signing.HASHED_NONCE)
    id_token = None
    if "openid" in wanted.openid:
        nonce = authorization.nonce
        id_token = issue.prepare_id_token(facts, about, issuing.keys, version=issuing.version, nonce=nonce)
    return Granted(token, state, wanted.told(), "", id_token)


def with_refresh_token(granted: Granted, authorization: Authorization, wanted: Wanted, now: int) -> Granted:
    """The same with a first refresh token, when offline_access was asked for."""
    if "offline_access" not in wanted.openid:
        return granted
    text, _, state = issued.new_family(granted.state, authorization, now=now)
    return replace(granted, refresh_token=text, state=state)


@dataclass(frozen=True, slots=True)
class EntraIssuing:
    """The endpoint that gives: its version decides about ID tokens and about the form of the answer."""

    provider: TenantUrls
    keys: SandboxKeys
    now: int
    version: int


def body(granted: Granted, issuing: EntraIssuing, *, wants_client_info: bool) -> dict[str, Any]:
    """The members of the answer (RFC 6749 section 5.1); the v1 endpoint writes numbers as texts and says more."""
    lifetime = issue.LIFETIME_S - 1
    facts = granted.token.facts
    members: dict[str, Any] = {"token_type": "Bearer"}
    if granted.scope:
        members["scope"] = _v1_scope(granted) if issuing.version == 1 else granted.scope
    members |= {"expires_in": lifetime, "ext_expires_in": lifetime}
    if issuing.version == 1:
        times = {"expires_on": issuing.now + lifetime, "not_before": issuing.now - issue.BACKDATED_S}
        members |= {name: str(value) for name, value in {**members, **times}.items() if name != "token_type"}
        members["resource"] = facts.resource
    members["access_token"] = issue.sign(granted.token, issuing.keys)
    if granted.refresh_token:
        members["refresh_token"] = granted.refresh_token
    if granted.id_token is not None:
        members["id_token"] = issue.sign(granted.id_token, issuing.keys)
    if wants_client_info and facts.person is not None:
        members["client_info"] = client_info(facts.person.person.id, issuing.provider.tenant)
    return members


def client_info(person_id: str, tenant: str) -> str:
    """Whose account it is, as MSAL asks for with `client_info=1`: base64url of a JSON object."""
    raw = msgspec.json.encode({"uid": person_id, "utid": tenant})
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _v1_scope(granted: Granted) -> str:
    person = granted.token.facts.person
    return person.scopes if person is not None else ""
