"""The further providers of the sandbox as their administrators would see them: keys, certificates and secrets."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.json.text import json_text
from console.core.tokens import certificates
from console.core.tokens.key_input import read_keys
from console.core.tokens.keys import Key
from console.sandbox.dpop import jwk_thumbprint
from console.sandbox.providers import registration
from console.sandbox.registered import RegisteredKey, Registrations, TrustedCertificate
from console.sandbox.state import State
from console.services import client_keys, sandbox

YEAR_S = 365 * 86_400
Edit = Callable[[Registrations], Registrations | None]


@dataclass(frozen=True, slots=True)
class ClientPlace:
    """A client of a further provider: the provider's path segment and the client's id there."""

    provider: str
    client_id: str


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret just made, shown once."""

    place: ClientPlace
    secret: Secret


def register_key(actor: Actor, place: ClientPlace, data: bytes, *, kid: str = "") -> str:
    """Registers the public key in a JWK, a PEM text, a certificate; gives what is wrong with it, "" when nothing is.

    `kid` names it, else the name that it has, else its thumbprint (RFC 7638). Raises NotFound for a client that has no
    keys.
    """
    given = read_keys(data)
    key = next((one for one in given.keyset.keys if not one.is_symmetric), None) if given.keyset is not None else None
    if key is None or key.problem:
        return (key.detail if key else given.problem) or "The text holds no public key."
    made = RegisteredKey(kid or key.kid or jwk_thumbprint(_jwk(key)), json_text(_jwk(key)), clock.now() + YEAR_S)
    _change(actor, lambda known: registration.with_key(known, place.provider, place.client_id, made), place, "key")
    return ""


def register_certificate(actor: Actor, place: ClientPlace, data: bytes) -> str:
    """Registers a certificate: at Maskinporten as an enterprise's, elsewhere as one that the client shows in TLS."""
    pem = certificates.read_public(data)
    if pem is None:
        return "The file holds no certificate. Upload the .cer or .pem file of the public part."
    facts = certificates.facts_of(pem)
    trusted = TrustedCertificate(facts.x5t_s256, facts.subject)

    def edit(known: Registrations) -> Registrations | None:
        if place.provider == "maskinporten":
            return registration.with_enterprise_certificate(known, trusted)
        return registration.with_shown_certificate(known, place.provider, place.client_id, facts.x5t_s256)

    _change(actor, edit, place, "certificate")
    return ""


def of_profile(actor: Actor, profile_id: str, *, as_certificate: bool) -> bytes:
    """What one of the actor's profiles signs with: its certificate, else its public key as the profile names it.

    Raises NotFound when it has none.
    """
    if as_certificate:
        return client_keys.public_certificate(actor, profile_id)
    return json_text(client_keys.public_key_set(actor, profile_id)).encode()


def make_secret(actor: Actor, place: ClientPlace) -> NewSecret:
    value, until = random.token(24), clock.now() + YEAR_S

    def edit(known: Registrations) -> Registrations | None:
        return registration.with_new_secret(known, place.provider, place.client_id, value, until=until)

    _change(actor, edit, place, "secret")
    return NewSecret(place, Secret(value))


def _change(actor: Actor, edit: Edit, place: ClientPlace, what: str) -> None:
    def change(state: State) -> State:
        registered = edit(state.registered)
        if registered is None:
            raise NotFound(f"There is no such client, or it does not prove itself by a {what}.")
        return replace(state, registered=registered)

    sandbox.change(actor, change, told=f"{what} of {place.provider} client {place.client_id} registered")


def _jwk(key: Key) -> dict[str, str]:
    return {"kty": key.kty, **key.material}
