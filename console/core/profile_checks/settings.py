"""The settings of a profile: those of its provider, then those of its grant."""

from console.core import grants, providers
from console.core.oauth.setting import Setting


def settings_of(provider: str, grant: str) -> tuple[Setting, ...]:
    """Codes that no form offers have none."""
    of_provider = [setting for one in providers.PROVIDERS if one.code == provider for setting in one.settings]
    return (*of_provider, *(setting for one in grants.GRANTS if one.code == grant for setting in one.settings))


def every_setting() -> tuple[Setting, ...]:
    """Those of all providers, then those of all grants; several may have one of the same name."""
    of_providers = [setting for one in providers.PROVIDERS for setting in one.settings]
    return (*of_providers, *(setting for one in grants.GRANTS for setting in one.settings))
