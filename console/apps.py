"""The one Django app."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from console.web import sign_in_signals

CHECKED_BY_US = "console"  # the tag of what this deployment says of itself, beside Django's own of the code


class ConsoleConfig(AppConfig):
    name = "console"
    verbose_name = "Token console"

    def ready(self) -> None:
        register(_said("of_each_start"), CHECKED_BY_US)
        register(_said("of_a_deployment"), CHECKED_BY_US, deploy=True)
        sign_in_signals.listen()


def _said(name: str) -> Callable[..., Sequence[CheckMessage]]:
    """A check that is loaded when it is asked: `--help`, or the work of a child process, asks none."""

    def said(**_: Any) -> Sequence[CheckMessage]:
        found: Sequence[CheckMessage] = getattr(import_module("console.system_checks"), name)()
        return found

    return said
