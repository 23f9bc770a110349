"""What the history costs with 1,000 and with 1,000,000 attempts, on SQLite and on PostgreSQL.

`python -m tests.bench.history` prints the median of each thing that is asked of it, and how many times as long it takes
with very many. No ratio may be above two. The few are those of one day, so that pages and pictures are as full as with
the many of thirty days; what reads all thirty days has nothing to be compared with, and is only told.
`--attempts 100000` makes it shorter.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from subprocess import PIPE

import psycopg
from psycopg.sql import SQL, Identifier

from tests.bench import on_both

FEW, ROUNDS, MOST = 1_000, 25, 2.0
TOLD = ("all time", "7 days")


def measure(many: int) -> int:
    """Two processes, each with a database of its own, asked in turn: what else the machine does slows both alike."""
    with ExitStack() as ends:
        asked_few, asked_many = (ends.enter_context(_beside(count)) for count in (FEW, many))
        vendor, names = asked_few(""), asked_few("names").split("|")
        taken: dict[int, dict[str, float]] = {FEW: {}, many: {}}
        for name in names:
            rounds = [(float(asked_few(name)), float(asked_many(name))) for _ in range(ROUNDS + 1)][1:]
            taken[FEW][name], taken[many][name] = (statistics.median(one) for one in zip(*rounds, strict=True))
    return told(taken, many, vendor)


@contextmanager
def _beside(count: int) -> Iterator[Callable[[str], str]]:
    """A process with so many attempts: called with a line it gives the line that answers it."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "CONSOLE_DATA_DIR": folder}
        if url := environ.get("DATABASE_URL"):
            environ["DATABASE_URL"] = _database(url, f"with_{count}")
        command = [sys.executable, "-c", f"from tests.bench import history; history.answer({count})"]
        with subprocess.Popen(command, env=environ, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) as child:
            assert child.stdin is not None and child.stdout is not None

            def ask(line: str) -> str:
                print(line, file=child.stdin, flush=True)
                return child.stdout.readline().strip()

            yield ask
            child.stdin.close()


def _database(url: str, name: str) -> str:
    """A database of that name beside the one of the address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


def answer(count: int) -> None:
    """Fills the database, then answers lines: milliseconds for the name of what is asked, "names" for all names, the
    kind of database for nothing.
    """
    vendor, ways = filled(count)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one waits while the other works: the same core for both
    for line in map(str.strip, sys.stdin):
        print(vendor if not line else "|".join(ways) if line == "names" else ms_of(ways[line]), flush=True)


def filled(count: int) -> tuple[str, dict[str, Callable[[], object]]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from console.adapters import clock
    from console.core.access import SharedWith
    from console.core.actor import Role
    from console.store import shares
    from tests.store import builders, many_attempts

    call_command("migrate", verbosity=0)
    people = [builders.person(f"person{number}") for number in range(20)]
    sam = builders.person("sam", Role.SUPPORT)
    profiles = [(one, builders.profile(one, name=f"Profile {place}")) for one in people for place in range(2)]
    for owner, profile in profiles[:20]:  # support sees half of them
        shares.put(owner, "profile", profile.id, SharedWith(sam.user_id), right="view", now=clock.now())
    apis = [builders.api(people[0]).id for _ in range(4)]
    ids = [(profile.id, owner.user_id) for owner, profile in profiles]
    many_attempts.add(count, profiles=ids, apis=apis, now=clock.now(), days=1 if count == FEW else 30)
    os.sync()  # what was written is on the disk before anything is measured
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return connection.vendor, asked(sam, people[0])


def told(taken, many, vendor):
    ratios = {name: taken[many][name] / taken[FEW][name] for name in taken[FEW]}
    print(f"{vendor}: milliseconds with {FEW:,} attempts, with {many:,}, and how many times as long")
    for name, ratio in ratios.items():
        print(f"  {name:44} {taken[FEW][name]:7.2f} {taken[many][name]:7.2f} {ratio:6.2f}")
    worst = max(ratio for name, ratio in ratios.items() if not name.endswith(TOLD))
    print(f"  largest ratio: {worst:.2f} (at most {MOST})")
    return int(worst > MOST)


def asked(sam, owner):
    """What is asked of the history, by what it is called; the pages with all that stands on them."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from console.core.attempts.history import HistoryFilter, HistorySpan
    from console.services import history, refusal_hours
    from tests.store.many_attempts import RARE

    def page_of(person, query):
        client = Client()
        client.force_login(get_user_model().objects.get(pk=person.user_id))
        return lambda: ok(client.get(f"/calls/{query}", HTTP_HOST="localhost:8000"))

    queue = Client()
    queue.force_login(get_user_model().objects.get(pk=sam.user_id))
    read, expired = history.read, HistoryFilter(cause="token-expired")
    return {
        "page of an integrator": page_of(owner, "?span=24h"),
        "page of support": page_of(sam, "?span=24h"),
        "page of support, one cause": page_of(sam, "?span=24h&cause=token-expired"),
        "picture of 24 hours, integrator": lambda: refusal_hours.per_hour(owner),
        "picture of 24 hours, support": lambda: refusal_hours.per_hour(sam),
        "picture of 24 hours, everybody": lambda: refusal_hours.per_hour(sam, of_everybody=True),
        "service, one cause, 24 hours": lambda: read(sam, expired, HistorySpan.DAY),
        "page of the queue": lambda: ok(queue.get("/cases/", HTTP_HOST="localhost:8000")),
        "page of support, 7 days": page_of(sam, "?span=7d"),
        "page of support, all time": page_of(sam, "?span=all"),
        "page of support, a rare cause, all time": page_of(sam, f"?span=all&cause={RARE}"),
    }


def ok(answer):
    assert answer.status_code == 200, answer.status_code


def ms_of(ask: Callable[[], object]) -> float:
    ask()  # the other one's work is still in the caches of the processor
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1_000


if __name__ == "__main__":
    sys.exit(on_both.main("history", __doc__, "attempts", 1_000_000, measure))
