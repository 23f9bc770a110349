"""The settings and grants of a profile: what its provider knows, as far as this console does."""

from console.core import grants, providers
from console.core.client_auth import CLIENT_AUTHS, SETTING, client_auths_of
from console.core.client_auth.base import ClientAuth
from console.core.grants.base import Grant, Need
from console.core.oauth import assertion_style
from console.core.oauth.setting import Setting, Settings, problems
from console.core.providers.base import Provider

DPOP = Setting(
    "dpop",
    "Bind tokens to a key (DPoP)",
    help="Each token is good only with a fresh proof by a key that is made here (RFC 9449).",
    choices=(("", "No"), ("ES256", "Yes, by an EC key (ES256)"), ("RS256", "Yes, by an RSA key (RS256)")),
    is_required=False,
)


def settings_of(provider: str, grant: str, given: Settings | None = None) -> tuple[Setting, ...]:
    """Those of the provider, of the grant, then of how the client proves itself, each name once.

    Codes that no form offers have none. With values `given`, only those that matter beside them.
    """
    of_provider = next((one for one in providers.PROVIDERS if one.code == provider), None)
    of_grant = next((one for one in grants.GRANTS if one.code == grant), None)
    listed = (
        *(of_provider.settings if of_provider else ()),
        *(of_grant.settings if of_grant else ()),
        *(client_settings(of_provider, of_grant) if of_provider and of_grant else ()),
    )
    # What the provider says of a setting wins over what its grant says, and what is always the same there is not asked.
    settled = of_provider.usual if of_provider else {}
    by_name: dict[str, Setting] = {}
    for setting in listed:
        by_name.setdefault(setting.name, setting)
    found = tuple(setting for name, setting in by_name.items() if name not in settled)
    return found if given is None else tuple(setting for setting in found if setting.is_asked(given))


def setting_problems(provider: Provider, grant: str, given: Settings) -> dict[str, str]:
    """What is wrong with the values, one sentence for each name: what does not fit, and what is not agreed to."""
    found = problems(settings_of(provider.code, grant), given)
    open_question = provider.unconfirmed(given)
    return {**found, open_question.name: open_question.problem} if open_question else found


def client_settings(provider: Provider, grant: Grant) -> tuple[Setting, ...]:
    """How the client proves itself there: which way, where there are several, and what each way lets vary."""
    auths = client_auths_of(provider.client_auths) if Need.CLIENT_AUTH in grant.needs else ()
    found = [*((_choice_of(auths),) if len(auths) > 1 else ())]
    found += [setting for auth in auths for setting in auth.settings]
    # A grant that is signed itself needs them however else the client proves itself.
    signing = {one.name: one for one in assertion_style.SETTINGS} if Need.SIGNING_KEY in grant.needs else {}
    by_name = {one.name: one for one in found} | signing
    return (*by_name.values(), *((DPOP,) if provider.takes_dpop else ()))


def _choice_of(auths: tuple[ClientAuth, ...]) -> Setting:
    return Setting(
        SETTING,
        "Client authentication",
        help="Left open, the provider's first way that fits the credential.",
        choices=tuple((auth.code, auth.title) for auth in auths),
        is_required=False,
    )


def every_setting() -> tuple[Setting, ...]:
    """Those of all providers, then those of all grants; several may have one of the same name."""
    of_providers = [setting for one in providers.PROVIDERS for setting in one.settings]
    return (*of_providers, *(setting for one in grants.GRANTS for setting in one.settings))


def every_client_setting() -> tuple[Setting, ...]:
    """Those of how any client proves itself, each once."""
    found = [_choice_of(CLIENT_AUTHS), *(setting for auth in CLIENT_AUTHS for setting in auth.settings), DPOP]
    return tuple(dict.fromkeys(found))


def grants_of(provider: Provider) -> tuple[Grant, ...]:
    """The grants that a profile of this provider may have, in the provider's order: a provider may know more."""
    known = {grant.code: grant for grant in grants.GRANTS}
    return tuple(known[code] for code in provider.grants if code in known)


def usable(*, has_sandbox: bool) -> tuple[Provider, ...]:
    """The providers that a new profile may have: offered here, with a grant that this console knows."""
    return tuple(one for one in providers.offered(has_sandbox=has_sandbox) if grants_of(one))
