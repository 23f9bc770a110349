"""The settings of a profile: those of its provider, then those of its grant."""

from console.core.grants import GRANTS
from console.core.oauth.setting import Setting
from console.core.providers import PROVIDERS


def settings_of(provider: str, grant: str) -> tuple[Setting, ...]:
    """Codes that no form offers have none."""
    chosen = (*(one for one in PROVIDERS if one.code == provider), *(one for one in GRANTS if one.code == grant))
    return tuple(setting for one in chosen for setting in one.settings)
