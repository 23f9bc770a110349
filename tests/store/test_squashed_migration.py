"""A database made by the one squashed migration is the same as one that was each version in turn."""

import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

ROOT = Path(__file__).parent.parent.parent
WAYS = ("singly", "squashed")


@pytest.fixture
def address_of_empty_databases():
    """The URL of an empty database by its name; SQLite's are made beside each program's own settings."""
    if connection.vendor == "sqlite":
        yield dict.fromkeys(WAYS, "")
        return
    psycopg = pytest.importorskip("psycopg")  # there wherever the suite runs on PostgreSQL
    server = os.environ["DATABASE_URL"]
    names = {way: f"migrated_{way}_{os.getpid()}" for way in WAYS}
    with closing(psycopg.connect(server, autocommit=True)) as one:
        for name in names.values():
            one.execute(f"CREATE DATABASE {name}")
        yield {way: urlsplit(server)._replace(path=f"/{name}").geturl() for way, name in names.items()}
        for name in names.values():
            one.execute(f"DROP DATABASE {name} WITH (FORCE)")


def made(way, address):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if address:
        environment["DATABASE_URL"] = address
    command = [sys.executable, "-m", "tests.store.migrate_empty", way]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.django_db
def test_both_ways_make_the_same_database(address_of_empty_databases):
    singly, squashed = (made(way, address_of_empty_databases[way]) for way in WAYS)
    assert squashed == singly
    assert {"rows console_casesequence 1", "rows console_audithead 1"} < set(singly)
    assert any(line.startswith("trigger") and "console_attempt_deleted" in line for line in singly)


def squashed_of(disk):
    [found] = [migration for (app, _), migration in disk.items() if app == "console" and migration.replaces]
    return found


def test_it_makes_the_class_of_each_table_once(monkeypatch):
    squashed = squashed_of(MigrationLoader(None, replace_migrations=False).disk_migrations)
    made, render = Counter(), ModelState.render

    def counted(self, apps):
        made[self.name] += 1
        return render(self, apps)

    monkeypatch.setattr(ModelState, "render", counted)
    state = ProjectState()
    assert state.apps.get_models() == []  # they are kept as the executor keeps them, from its first look on
    state = squashed.mutate_state(state, preserve=False)
    assert len(list(state.apps.get_app_config("console").get_models())) > 50
    assert len(made) > 50 and set(made.values()) == {1}


def test_it_stands_for_each_step_before_it():
    disk = MigrationLoader(None, replace_migrations=False).disk_migrations
    squashed = squashed_of(disk)
    steps = sorted(name for app, name in disk if app == "console" and name != squashed.name)
    assert [name for _, name in squashed.replaces] == steps[: len(squashed.replaces)]
    assert squashed.replaces[-1][1].endswith(squashed.name.partition("_squashed_")[2])
