"""What all tests share."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def _audit_trail_can_be_emptied_between_tests() -> Iterator[None]:
    """The flush after a transactional test deletes every row, which the audit trail's triggers refuse, rightly."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        trail = import_module("tests.trail")  # it has models, which wait for Django's set-up
        trail.drop_triggers()
        try:
            flush(self)
        finally:
            trail.make_triggers()
        trail.begin_anew()

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
