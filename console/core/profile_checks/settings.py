"""The settings and grants of a profile: what its provider knows, as far as this console does."""

from console.core import grants, providers
from console.core.grants.base import Grant
from console.core.oauth.setting import Setting, Settings
from console.core.providers.base import Provider


def settings_of(provider: str, grant: str, given: Settings | None = None) -> tuple[Setting, ...]:
    """Those of the provider, then those of the grant, each name once. Codes that no form offers have none.

    With values `given`, only those that matter beside them.
    """
    of_provider = [setting for one in providers.PROVIDERS if one.code == provider for setting in one.settings]
    of_grant = [setting for one in grants.GRANTS if one.code == grant for setting in one.settings]
    by_name = {setting.name: setting for setting in (*of_grant, *of_provider)}
    ordered = dict.fromkeys(setting.name for setting in (*of_provider, *of_grant))
    found = tuple(by_name[name] for name in ordered)
    return found if given is None else tuple(setting for setting in found if setting.is_asked(given))


def every_setting() -> tuple[Setting, ...]:
    """Those of all providers, then those of all grants; several may have one of the same name."""
    of_providers = [setting for one in providers.PROVIDERS for setting in one.settings]
    return (*of_providers, *(setting for one in grants.GRANTS for setting in one.settings))


def grants_of(provider: Provider) -> tuple[Grant, ...]:
    """The grants that a profile of this provider may have, in the provider's order: a provider may know more."""
    known = {grant.code: grant for grant in grants.GRANTS}
    return tuple(known[code] for code in provider.grants if code in known)


def usable(*, has_sandbox: bool) -> tuple[Provider, ...]:
    """The providers that a new profile may have: offered here, with a grant that this console knows."""
    return tuple(one for one in providers.offered(has_sandbox=has_sandbox) if grants_of(one))
