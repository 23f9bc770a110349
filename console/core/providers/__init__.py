"""All providers, in the order in which they are offered."""

from console.core.oauth import mtls
from console.core.oauth.setting import Settings
from console.core.oauth.words import NEUTRAL, ProviderWords
from console.core.providers import (
    auth0,
    cognito,
    entra,
    entra_b2c,
    entra_external,
    entra_v1,
    generic,
    google,
    idporten,
    keycloak,
    maskinporten,
    okta,
    sandbox,
    tokenx,
)
from console.core.providers.base import Provider
from console.core.tokens.token import Token

PROVIDERS: tuple[Provider, ...] = (
    entra.PROVIDER,
    entra_external.PROVIDER,
    entra_b2c.PROVIDER,
    entra_v1.PROVIDER,
    maskinporten.PROVIDER,
    tokenx.PROVIDER,
    idporten.PROVIDER,
    keycloak.PROVIDER,
    auth0.PROVIDER,
    okta.PROVIDER,
    cognito.PROVIDER,
    google.PROVIDER,
    generic.PROVIDER,
    sandbox.PROVIDER,
)


def provider_of(code: str) -> Provider:
    """The provider with this code; KeyError for a code that no form offers."""
    return {provider.code: provider for provider in PROVIDERS}[code]


def destination_of(code: str, settings: Settings) -> str:
    """What a credential of a profile with these settings is bound to: another text discards it."""
    return mtls.destination(settings, provider_of(code).destination(settings))


def offered(*, has_sandbox: bool) -> tuple[Provider, ...]:
    """Those that a new profile may have."""
    return tuple(provider for provider in PROVIDERS if provider.choices_where(has_sandbox=has_sandbox))


def owner_of(*addresses: str) -> Provider | None:
    """The provider that the first of these issuers or endpoints to tell is plainly of; None when none tells."""
    return next((one for address in addresses if address for one in PROVIDERS if one.owns(address)), None)


def words_for(token: Token) -> ProviderWords:
    """The words of the provider that a token names as its issuer; neutral ones where that tells nothing."""
    owner = owner_of(token.text_claim("iss") or "")
    return owner.words if owner else NEUTRAL
