"""What all tests share."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

# One profile for the whole suite: no example and no health check may depend on how fast or busy the machine is.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("suite")

triggers = import_module("console.migrations.0002_audit_triggers_and_rate_limits")


@pytest.fixture(scope="session", autouse=True)
def _audit_trail_can_be_emptied_between_tests() -> Iterator[None]:
    """The flush after a transactional test deletes every row, which the audit trail's triggers refuse, rightly."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        pairs = triggers.statements(connection.vendor)
        with connection.cursor() as cursor:
            for _, drop in reversed(pairs):
                cursor.execute(drop)
        try:
            flush(self)
        finally:
            with connection.cursor() as cursor:
                for create, _ in pairs:
                    cursor.execute(create)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
