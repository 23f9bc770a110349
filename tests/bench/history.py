"""What the history costs with 1,000 and with 1,000,000 attempts, on SQLite and on PostgreSQL.

`python -m tests.bench.history` prints the median of each thing that is asked of it, and how many times as long it takes
with very many. No ratio may be above two. The few are those of one day, so that pages and pictures are as full as with
the many of thirty days; what reads all thirty days has nothing to be compared with, and is only told.
`--attempts 100000` makes it shorter.
"""

import os
import statistics
import sys
import time

from tests.bench import on_both

FEW, ROUNDS, MOST = 1_000, 25, 2.0
TOLD = ("all time", "7 days")


def measure(many: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from console.adapters import clock
    from console.core.access import SharedWith
    from console.core.actor import Role
    from console.models import Attempt, AttemptHour
    from console.store import shares
    from tests.store import builders, many_attempts

    call_command("migrate", verbosity=0)
    people = [builders.person(f"person{number}") for number in range(20)]
    sam = builders.person("sam", Role.SUPPORT)
    profiles = [(one, builders.profile(one, name=f"Profile {place}")) for one in people for place in range(2)]
    for owner, profile in profiles[:20]:  # support sees half of them
        shares.put(owner, "profile", profile.id, SharedWith(sam.user_id), right="view", now=clock.now())
    apis = [builders.api(people[0]).id for _ in range(4)]
    taken: dict[int, dict[str, float]] = {}
    for count in (FEW, many):
        Attempt.objects.all()._raw_delete("default")
        AttemptHour.objects.all().delete()
        ids = [(profile.id, owner.user_id) for owner, profile in profiles]
        days = 1 if count == FEW else 30
        many_attempts.add(count, profiles=ids, apis=apis, now=clock.now(), days=days)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        taken[count] = {name: median_ms(ask) for name, ask in asked(sam, people[0]).items()}
    return told(taken, many, connection.vendor)


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


def median_ms(ask) -> float:
    ask()
    found = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        found.append((time.perf_counter() - started) * 1_000)
    return statistics.median(found)


if __name__ == "__main__":
    sys.exit(on_both.main("history", __doc__, "attempts", 1_000_000, measure))
