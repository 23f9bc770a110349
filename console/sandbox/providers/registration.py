"""Changes people make to what is registered with the further providers: keys, certificates, secrets.

Each function gives None where the provider has no such client, or one that proves itself in another way.
"""

from collections.abc import Callable
from dataclasses import replace

from console.sandbox.ids import hash_of
from console.sandbox.providers.oauth.client_auth import BASIC, KEY, POST, SELF_SIGNED
from console.sandbox.registered import (
    Application,
    OAuthClient,
    OrganisationClient,
    RegisteredKey,
    RegisteredSecret,
    Registrations,
    TrustedCertificate,
)

MOST_KEYS = 5  # at each client, as Maskinporten has it
Changed = Registrations | None


def with_key(registered: Registrations, provider: str, client_id: str, key: RegisteredKey) -> Changed:
    """One more key, in place of one with the same kid: a key is renewed by registering it again."""

    def keys(known: tuple[RegisteredKey, ...]) -> tuple[RegisteredKey, ...]:
        return (*(one for one in known if one.kid != key.kid), key)[-MOST_KEYS:]

    if provider == "maskinporten":
        return _organisation(registered, client_id, lambda one: replace(one, keys=keys(one.keys)))
    if provider == "tokenx":
        return _application(registered, client_id, lambda one: replace(one, keys=keys(one.keys)))
    return _oauth(registered, provider, client_id, (KEY,), lambda one: replace(one, keys=keys(one.keys)))


def with_enterprise_certificate(registered: Registrations, certificate: TrustedCertificate) -> Registrations:
    """A certificate that Maskinporten takes as issued by an authority that it knows."""
    side = registered.maskinporten
    others = tuple(one for one in side.certificates if one.x5t_s256 != certificate.x5t_s256)
    return replace(registered, maskinporten=replace(side, certificates=(*others, certificate)[-MOST_KEYS:]))


def with_shown_certificate(registered: Registrations, provider: str, client_id: str, x5t_s256: str) -> Changed:
    """A certificate that a client shows in TLS (RFC 8705)."""

    def add(one: OAuthClient) -> OAuthClient:
        return replace(one, certificates=tuple(dict.fromkeys((*one.certificates, x5t_s256)))[-MOST_KEYS:])

    return _oauth(registered, provider, client_id, (SELF_SIGNED,), add)


def with_new_secret(registered: Registrations, provider: str, client_id: str, value: str, *, until: int) -> Changed:
    secret = RegisteredSecret(hash_of(value), until)
    return _oauth(
        registered,
        provider,
        client_id,
        (BASIC, POST),
        lambda one: replace(one, secrets=(*one.secrets, secret)[-MOST_KEYS:]),
    )


def _organisation(
    registered: Registrations, client_id: str, change: Callable[[OrganisationClient], OrganisationClient]
) -> Changed:
    side = registered.maskinporten
    if client_id not in {one.id for one in side.clients}:
        return None
    clients = tuple(change(one) if one.id == client_id else one for one in side.clients)
    return replace(registered, maskinporten=replace(side, clients=clients))


def _application(registered: Registrations, name: str, change: Callable[[Application], Application]) -> Changed:
    if registered.tokenx.application(name) is None:
        return None
    applications = tuple(change(one) if one.id == name else one for one in registered.tokenx.applications)
    return replace(registered, tokenx=replace(registered.tokenx, applications=applications))


def _oauth(
    registered: Registrations,
    provider: str,
    client_id: str,
    methods: tuple[str, ...],
    change: Callable[[OAuthClient], OAuthClient],
) -> Changed:
    known = {"idporten": registered.idporten, "generic": registered.generic}.get(provider, ())
    if not any(one.id == client_id and one.method in methods for one in known):
        return None
    clients = tuple(change(one) if one.id == client_id else one for one in known)
    if provider == "idporten":
        return replace(registered, idporten=clients)
    return replace(registered, generic=clients)
