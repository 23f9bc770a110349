"""What all tests share."""

import gc
import os
import socketserver
from collections.abc import Iterator
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.staticfiles import handlers
from django.core.management.commands import flush as flushing
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic, get_connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import asked, chosen
from tests.peers import oidc_provider, oidc_provider_mock  # noqa: F401 (fixtures for whoever asks)

# One profile for the whole suite: no example and no health check may depend on how fast or busy the machine is, nor on
# chance. To look for what nobody has found yet, `--hypothesis-profile search` takes other examples each time.
PATIENT = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("search", PATIENT)
settings.register_profile("suite", PATIENT, derandomize=True)
settings.load_profile("suite")


# What is collected stays until the end: looking for garbage in it took a fifth of the time of finding the tests.
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    """What the tests ask their database is noted, if somebody wants to know."""
    if folder := os.environ.get(asked.FOLDER):
        config.pluginmanager.register(asked.Notes(Path(folder, f"{connection.vendor}.{os.getpid()}")))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: a packed file, a key or a signature may hold the second it was made in, and
    two workers that name one test differently run none.
    """
    return argname if isinstance(val, bytes) else None


# A server of the tests notices its end at once, not at the next half second: hundreds of tests start one.
socketserver.BaseServer.serve_forever.__defaults__ = (0.005,)


@pytest.fixture(scope="session", autouse=True)
def _audit_trail_can_be_emptied_between_tests() -> Iterator[None]:
    """The flush after a transactional test deletes every row, which the audit trail's triggers refuse, rightly.

    What Django writes after it, a permission to change and delete for each table, nothing of the console reads.
    """
    flush, write_permissions = TransactionTestCase._fixture_teardown, flushing.emit_post_migrate_signal

    def teardown(self: Any) -> None:
        trail = import_module("tests.trail")  # it has models, which wait for Django's set-up
        trail.drop_triggers()
        try:
            flush(self)
        finally:
            trail.make_triggers()
        trail.begin_anew()

    TransactionTestCase._fixture_teardown = teardown
    flushing.emit_post_migrate_signal = lambda *_, **__: None
    yield
    TransactionTestCase._fixture_teardown, flushing.emit_post_migrate_signal = flush, write_permissions


@pytest.fixture(scope="session", autouse=True)
def _no_session_outlives_the_suite(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread of a live server may still be closing its connection when PostgreSQL is to drop the test database."""
    if connection.vendor != "postgresql":
        yield
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    yield
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _a_handful_of_rsa_keys_serves_all_tests() -> Iterator[None]:
    """Each sandbox and each certificate wants a fresh key of 2048 bits, which takes longer than the test around it.

    The first calls make real ones; from then on these are handed out in turn, so that neighbours still differ.
    """
    make = rsa.generate_private_key
    made: list[rsa.RSAPrivateKey] = []
    turns = cycle(range(8))

    def generate(public_exponent: int, key_size: int, backend: Any = None) -> rsa.RSAPrivateKey:
        if (public_exponent, key_size) != (65537, 2048):
            return make(public_exponent, key_size)
        turn = next(turns)
        if turn == len(made):
            made.append(make(public_exponent, key_size))
        return made[turn]

    rsa.generate_private_key = generate
    yield
    rsa.generate_private_key = make


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Each test client makes its own handler, which reads all static files anew: longer than many a page takes."""
    find = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def add(self: Any) -> None:
        if not found:
            find(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add
    yield
    WhiteNoiseMiddleware.add_files_from_finders = find


@pytest.fixture(scope="session", autouse=True)
def _the_live_server_serves_static_files_as_the_console_does() -> Iterator[None]:
    """Django's own way of tests looks for each file anew and lets no browser keep it: thirty requests for each page."""
    theirs = handlers.StaticFilesHandler
    handlers.StaticFilesHandler = lambda application: application
    yield
    handlers.StaticFilesHandler = theirs


@pytest.fixture(scope="session", autouse=True)
def _what_waits_for_a_commit_does_not_wait_for_the_end_of_the_test() -> Iterator[None]:
    """Most tests run in a transaction that is never kept. For what the console does, only its own blocks count."""
    on_commit, leave = BaseDatabaseWrapper.on_commit, Atomic.__exit__

    def is_the_tests_own(one: Any) -> bool:
        return bool(one.in_atomic_block and all(block._from_testcase for block in one.atomic_blocks))

    def register(self: Any, func: Any, robust: bool = False) -> None:
        if is_the_tests_own(self):
            func()
        else:
            on_commit(self, func, robust)

    def left(self: Any, *problem: Any) -> None:
        leave(self, *problem)
        one = get_connection(self.using)
        while is_the_tests_own(one) and one.run_on_commit:
            one.run_on_commit.pop(0)[1]()

    BaseDatabaseWrapper.on_commit, Atomic.__exit__ = register, left
    yield
    BaseDatabaseWrapper.on_commit, Atomic.__exit__ = on_commit, leave


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In any order, but for those that take half a minute: begun last, one of them would leave the other core idle.

    On PostgreSQL only what asks any database runs again, without what was left out.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if connection.vendor != "postgresql":
        return
    left_out = chosen.left_out()
    again = [item for item in items if asked.asks_any_database(item) and item.nodeid not in left_out]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again
