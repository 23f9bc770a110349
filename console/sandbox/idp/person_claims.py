"""Claims about a person, as Entra ID puts them into access tokens and ID tokens of both versions."""

from dataclasses import dataclass
from typing import Any

from console.sandbox.ids import guid, opaque
from console.sandbox.people import MadeUpPerson


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who let a client ask. `scopes` is the scp claim, `signed_in_at` epoch seconds.

    `met` are the authentication contexts that the sign-in met, for the acrs claim.
    """

    person: MadeUpPerson
    scopes: str
    signed_in_at: int
    met: tuple[str, ...] = ()


def of_access(facts: PersonFacts, tenant: str, api_id: str, *, version: int) -> dict[str, Any]:
    """What an access token for this API says of the person; `sub` is another at each API."""
    person = facts.person
    roles = person.roles_for(api_id)
    return {
        **_described(facts, version),
        **({"acrs": list(facts.met)} if facts.met else {}),
        **_common(facts, tenant, api_id),
        **({"roles": list(roles)} if roles else {}),
        "scp": facts.scopes,
    }


def of_sign_in(facts: PersonFacts, tenant: str, client_id: str, *, version: int) -> dict[str, Any]:
    """What an ID token for this client says of the person (OpenID Connect Core section 2)."""
    guest = {"acct": 1} if facts.person.guest_of else {}
    return {**_described(facts, version), **guest, **_common(facts, tenant, client_id)}


def _described(facts: PersonFacts, version: int) -> dict[str, Any]:
    person = facts.person
    if version == 2:
        return {"name": person.name, "preferred_username": person.username}
    home = {"idp": f"https://{person.guest_of}/", "email": person.username} if person.guest_of else {}
    return {
        "acr": "1",
        "amr": ["pwd", "mfa"] if facts.met else ["pwd"],
        "family_name": person.family_name,
        "given_name": person.given_name,
        "ipaddr": "192.0.2.10",
        "name": person.name,
        "unique_name": person.username,
        "upn": person.username,
        **home,
    }


def _common(facts: PersonFacts, tenant: str, audience: str) -> dict[str, Any]:
    person = facts.person
    return {
        "oid": person.id,
        "rh": f"1.{opaque('rh', tenant, person.id, size=32)}.",
        "sid": guid("session", person.id, str(facts.signed_in_at)),
        "sub": opaque("sub", tenant, audience, person.id, size=32),
        "tid": tenant,
    }
