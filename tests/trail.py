"""The audit trail and the key ring as tests begin with them, and what somebody with the database in hand could do."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connection

from console.models import AuditHead, KeyCanary
from console.store import audit_chain, vault

triggers = import_module("console.migrations.0002_audit_triggers_and_rate_limits")


def begin_anew() -> None:
    """Head and canaries as the migration makes them: for this key ring, as if it had been there always."""
    AuditHead.objects.all().delete()
    KeyCanary.objects.all().delete()
    vault.begin_canaries()
    audit_chain.begin()


def use_ring(settings: Any, text: str) -> None:
    """This ring is the one that the database was begun with."""
    settings.CONSOLE_SECRET_KEYS = text
    begin_anew()


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        for _, drop in reversed(triggers.statements(connection.vendor)):
            cursor.execute(drop)


def make_triggers() -> None:
    with connection.cursor() as cursor:
        for create, _ in triggers.statements(connection.vendor):
            cursor.execute(create)


def without_triggers(change: Callable[[], Any]) -> None:
    drop_triggers()
    change()
    make_triggers()
