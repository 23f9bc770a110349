"""The access token: claims as Entra ID makes them, for an application or for a person, then the signature."""

import base64
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from console.sandbox.idp import person_claims
from console.sandbox.idp.person_claims import PersonFacts
from console.sandbox.ids import guid, opaque
from console.sandbox.keys import SandboxKeys, private_key
from console.sandbox.state import ApiRegistration, ClientRegistration
from console.sandbox.urls import TenantUrls

LIFETIME_S = 3600
_PADDING, _HASH = PKCS1v15(), SHA256()
BACKDATED_S = 300  # Entra's iat and nbf lie five minutes before the moment of issue


class Signing(StrEnum):
    """`HASHED_NONCE`: over a header with the nonce hashed, as Microsoft Graph tokens are. `FOREIGN`: by another key."""

    PLAIN = "plain"
    FOREIGN = "foreign"
    HASHED_NONCE = "hashed_nonce"


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """Who asks for what. `resource` is the identifier as requested; `proof` is "0" for none, "1" for a secret, "2" for
    a certificate. `person` is None for an application's own token.
    """

    provider: TenantUrls
    api: ApiRegistration
    client: ClientRegistration
    resource: str
    proof: str
    now: int
    entropy: str
    person: PersonFacts | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A token about to be signed."""

    facts: GrantFacts
    header: dict[str, Any]
    claims: dict[str, Any]
    signing: Signing = field(default=Signing.PLAIN)


def prepare(facts: GrantFacts, keys: SandboxKeys) -> Issue:
    version = facts.api.requested_version
    claims = _claims_v1(facts) if version == 1 else _claims_v2(facts)
    return Issue(facts, _header(version, keys), claims)


def prepare_id_token(facts: GrantFacts, person: PersonFacts, keys: SandboxKeys, *, version: int, nonce: str) -> Issue:
    """An ID token for the client; its version follows the endpoint, not the API (its resource plays no part)."""
    provider = facts.provider
    claims = {
        "aud": facts.client.id,
        "iss": provider.issuer_v1 if version == 1 else provider.issuer_v2,
        **_times(facts),
        "aio": opaque(facts.entropy, "aio of the id token", size=32),
        **({"nonce": nonce} if nonce else {}),
        **person_claims.of_sign_in(person, provider.tenant, facts.client.id, version=version),
        "uti": opaque(facts.entropy, "uti of the id token"),
        "ver": f"{version}.0",
    }
    return Issue(facts, _header(version, keys), claims)


def _claims_v1(facts: GrantFacts) -> dict[str, Any]:
    issuer = facts.provider.issuer_v1
    return {
        "aud": facts.resource,
        "iss": issuer,
        **_times(facts),
        "aio": opaque(facts.entropy, "aio", size=32),
        "appid": facts.client.id,
        "appidacr": facts.proof,
        **({"idp": issuer} if facts.person is None else {}),
        **_subject(facts, "1.0"),
    }


def _claims_v2(facts: GrantFacts) -> dict[str, Any]:
    return {
        "aud": facts.api.id,
        "iss": facts.provider.issuer_v2,
        **_times(facts),
        "aio": opaque(facts.entropy, "aio", size=32),
        "azp": facts.client.id,
        "azpacr": facts.proof,
        **_subject(facts, "2.0"),
    }


def _header(version: int, keys: SandboxKeys) -> dict[str, Any]:
    header = {"typ": "JWT", "alg": "RS256", "kid": keys.kid}
    if version == 1:
        header["x5t"] = keys.kid
    return header


def _times(facts: GrantFacts) -> dict[str, int]:
    start = facts.now - BACKDATED_S
    return {"iat": start, "nbf": start, "exp": facts.now + LIFETIME_S}


def _subject(facts: GrantFacts, version: str) -> dict[str, Any]:
    tenant = facts.provider.tenant
    if (person := facts.person) is not None:
        about = person_claims.of_access(person, tenant, facts.api.id, version=facts.api.requested_version)
        return {**about, "uti": opaque(facts.entropy, "uti"), "ver": version}
    principal, history = _known(tenant, facts.client.id)
    roles = facts.client.roles_for(facts.api.id)
    return {
        "oid": principal,
        "rh": history,
        **({"roles": list(roles)} if roles else {}),
        "sub": principal,
        "tid": tenant,
        "uti": opaque(facts.entropy, "uti"),
        "ver": version,
    }


@lru_cache(maxsize=200)
def _known(tenant: str, client_id: str) -> tuple[str, str]:
    """`oid` and `rh` of a client: the same in each of its tokens."""
    history = opaque("rh", tenant, client_id, size=32)
    return guid("service-principal", tenant, client_id), f"1.{history}."


def sign(issue: Issue, keys: SandboxKeys) -> str:
    """The compact token (RFC 7515 section 7.1)."""
    if issue.signing is Signing.HASHED_NONCE:
        nonce = hashlib.sha256(issue.header["nonce"].encode()).digest()
        signature = compact({**issue.header, "nonce": _encode(nonce)}, issue.claims, keys).rpartition(".")[2]
        return f"{compact(issue.header, issue.claims, keys).rpartition('.')[0]}.{signature}"
    if issue.signing is Signing.FOREIGN:
        # A signature over other claims verifies with no key, exactly as one by a key that nobody knows.
        signature = compact(issue.header, {**issue.claims, "foreign": True}, keys).rpartition(".")[2]
        return f"{compact(issue.header, issue.claims, keys).rpartition('.')[0]}.{signature}"
    return compact(issue.header, issue.claims, keys)


def compact(header: dict[str, Any], claims: dict[str, Any], keys: SandboxKeys) -> str:
    """RS256 (RFC 7518 section 3.3) written here: of a whole token request the signature alone may cost more."""
    signed = f"{_encode(msgspec.json.encode(header))}.{_encode(msgspec.json.encode(claims))}"
    signature = private_key(keys.private_pem).sign(signed.encode(), _PADDING, _HASH)
    return f"{signed}.{_encode(signature)}"


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
