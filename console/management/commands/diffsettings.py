"""How the settings differ from Django's, without secrets, in place of Django's own command: it prints every value, and
what it prints is pasted into tickets.
"""

from typing import Any

from django.conf import settings
from django.core.management.commands import diffsettings
from django.views.debug import SafeExceptionReporterFilter

from console.core.redaction.redact import redact_text

_FILTER = SafeExceptionReporterFilter()


class Command(diffsettings.Command):
    def output_hash(self, user_settings: dict[str, str], default_settings: dict[str, str], **options: Any) -> list[str]:
        return super().output_hash(_shown(user_settings, default_settings), default_settings, **options)

    def output_unified(
        self, user_settings: dict[str, str], default_settings: dict[str, str], **options: Any
    ) -> list[str]:
        return super().output_unified(_shown(user_settings, default_settings), default_settings, **options)


def _shown(values: dict[str, str], defaults: dict[str, str]) -> dict[str, str]:
    """As they may be shown. A value that everybody has is no secret."""
    return {name: text if defaults.get(name) == text else _masked(name, text) for name, text in values.items()}


def _masked(name: str, text: str) -> str:
    """By its name, and those within it, then by what it looks like: addresses hold passwords too."""
    value = getattr(settings, name, text)
    return text if isinstance(value, bool | int | float) else redact_text(repr(_FILTER.cleanse_setting(name, value)))
