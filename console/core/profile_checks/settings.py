"""The settings of a profile: those of its provider, then those of its grant."""

from console.core import grants, providers
from console.core.oauth.setting import Setting


def settings_of(provider: str, grant: str) -> tuple[Setting, ...]:
    """Codes that no form offers have none."""
    named = [one for one in providers.PROVIDERS if one.code == provider]
    chosen = (*named, *(one for one in grants.GRANTS if one.code == grant))
    return tuple(setting for one in chosen for setting in one.settings)
