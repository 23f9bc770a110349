"""The one Django app."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register


class ConsoleConfig(AppConfig):
    name = "console"
    verbose_name = "Token console"

    def ready(self) -> None:
        register(_said("of_each_start"), "console")
        register(_said("of_a_deployment"), "console", deploy=True)
        import_module("console.web.sign_in_signals").listen()  # it needs models, which come after the applications


def _said(name: str) -> Callable[..., Sequence[CheckMessage]]:
    """A check that is loaded when it is asked: `--help`, or the work of a child process, asks none."""

    def said(**_: Any) -> Sequence[CheckMessage]:
        found: Sequence[CheckMessage] = getattr(import_module("console.system_checks"), name)()
        return found

    return said
