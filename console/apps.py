"""The one Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConsoleConfig(AppConfig):
    name = "console"
    verbose_name = "Token console"

    def ready(self) -> None:
        autodiscover_modules("system_checks")
        import_module("console.web.sign_in_trail")  # its receivers write sign-ins into the audit trail
