"""The settings of a profile: those of its provider, of its grant, then of how the client proves itself."""

from console.core import grants, providers
from console.core.client_auth import SETTING, client_auths_of
from console.core.grants.base import Grant, Need
from console.core.oauth import assertion_style
from console.core.oauth.setting import Setting
from console.core.providers.base import Provider

DPOP = Setting(
    "dpop",
    "Bind tokens to a key (DPoP)",
    help="Each token is good only with a fresh proof by a key that is made here (RFC 9449).",
    choices=(("ES256", "Yes, by an EC key (ES256)"), ("RS256", "Yes, by an RSA key (RS256)")),
    is_required=False,
)


def settings_of(provider: str, grant: str) -> tuple[Setting, ...]:
    """Codes that no form offers have none."""
    of_provider = next((one for one in providers.PROVIDERS if one.code == provider), None)
    of_grant = next((one for one in grants.GRANTS if one.code == grant), None)
    of_client = client_settings(of_provider, of_grant) if of_provider and of_grant else ()
    return (
        *(of_provider.settings if of_provider else ()),
        *(of_grant.settings if of_grant else ()),
        *of_client,
    )


def client_settings(provider: Provider, grant: Grant) -> tuple[Setting, ...]:
    """How the client proves itself there: which way, where there are several, and what each way lets vary."""
    auths = client_auths_of(provider.client_auths) if Need.CLIENT_AUTH in grant.needs else ()
    choice = Setting(
        SETTING,
        "Client authentication",
        help="Left open, the provider's first way that fits the credential.",
        choices=tuple((auth.code, auth.title) for auth in auths),
        is_required=False,
    )
    of_ways = [*(setting for auth in auths for setting in auth.settings)]
    if Need.SIGNING_KEY in grant.needs:
        of_ways += assertion_style.SETTINGS
    return (
        *((choice,) if len(auths) > 1 else ()),
        *dict.fromkeys(of_ways),
        *((DPOP,) if provider.takes_dpop else ()),
    )


def every_setting() -> tuple[Setting, ...]:
    """Those of all providers, then those of all grants; several may have one of the same name."""
    of_providers = [setting for one in providers.PROVIDERS for setting in one.settings]
    return (*of_providers, *(setting for one in grants.GRANTS for setting in one.settings))
