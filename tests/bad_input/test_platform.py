"""What happens to the console as a whole, rather than to one input."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.bad_input.registry import covers

ROOT = Path(__file__).parent.parent.parent
PROCESSES, WRITES = 8, 100
MIGRATOR = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
"""
WRITER = f"""
import django
django.setup()
from django.db import transaction
from console.models import Lease
for number in range({WRITES}):
    with transaction.atomic():
        row = Lease.objects.get(key="counter")
        row.until += 1
        row.save()
"""


@covers("E-O02")
def test_eight_processes_that_write_at_once_on_sqlite_lose_nothing_and_are_never_locked_out(tmp_path):
    database = tmp_path / "console.sqlite3"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{database}"}

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
        )

    migrated = start("-c", MIGRATOR)
    assert migrated.communicate()[1] == ""
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO console_lease (key, holder, until) VALUES ('counter', '', 0)")
    connection.close()
    told = [writer.communicate()[1] for writer in [start("-c", WRITER) for _ in range(PROCESSES)]]
    assert told == [""] * PROCESSES
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT until FROM console_lease").fetchone() == (PROCESSES * WRITES,)
    connection.close()
