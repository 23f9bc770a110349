"""What the queue of cases costs with 1,000 and with 100,000 cases, on SQLite and on PostgreSQL.

`python -m tests.bench.cases` prints the shortest time of each thing that somebody asks of it, and how many times as
long it takes in the long queue. No ratio may be above two. `--cases 20000` makes the long queue shorter.
"""

import os
import sys
import time

from tests.bench import on_both

FEW, ROUNDS, MOST = 1_000, 25, 2.0


def measure(many: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from console.adapters import clock
    from console.core.actor import Role
    from tests.store import builders, many_cases

    call_command("migrate", verbosity=0)
    people = [builders.person(f"person{number}") for number in range(12)]
    sam = builders.person("sam", Role.SUPPORT)
    asks, now = asked(sam, people[0]), clock.now()
    taken: dict[int, dict[str, float]] = {}
    last = 1
    for count in (FEW, many):
        owners = [one.user_id for one in people]
        many_cases.add(last, count + 1, owners=owners, assignee=sam.user_id, reader=sam.user_id, now=now)
        last = count + 1
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # as the server does by itself a minute after so many rows
        taken[count] = {name: best_ms(ask, clock_of(connection)) for name, ask in asks.items()}
    ratios = {name: taken[many][name] / taken[FEW][name] for name in asks}
    print(f"{connection.vendor}: milliseconds with {FEW:,} cases, with {many:,}, and how many times as long")
    for name, ratio in ratios.items():
        print(f"  {name:38} {taken[FEW][name]:7.2f} {taken[many][name]:7.2f} {ratio:6.2f}")
    print(f"  largest ratio: {max(ratios.values()):.2f} (at most {MOST})")
    return int(max(ratios.values()) > MOST)


def asked(sam, owner):
    """What is asked of the queue, by what it is called: a page each, with its tabs and its choices."""
    from console.adapters import clock
    from console.core.cases.listing import CaseFilter, QueuePlace
    from console.services import cases
    from tests.store.many_cases import api_id, profile_id

    middle = QueuePlace(clock.now() - 45 * 86_400, 10**8)
    wanted = {
        "open": CaseFilter(),
        "solved": CaseFilter(tab="solved"),
        "one API": CaseFilter(api=str(api_id(1))),
        "one cause": CaseFilter(cause="token-expired"),
        "one profile": CaseFilter(profile=str(profile_id(7))),
        "looked after by one": CaseFilter(assignee=str(sam.user_id)),
        "looked after by nobody": CaseFilter(assignee="nobody"),
        "of one person": CaseFilter(person=str(owner.user_id)),
        "with news": CaseFilter(has_news=True),
        "like number 6": CaseFilter(like=6),
        "number 77": CaseFilter(number=77),
        "word that few have": CaseFilter(words=("rare",)),
        "word that all have": CaseFilter(words=("exam",)),
        "word that all have, and a rare one": CaseFilter(words=("401", "rare")),
        "request id": CaseFilter(words=("request501",)),
        "word that none has": CaseFilter(words=("nothing",)),
    }
    asks = {name: lambda one=one: cases.queue(sam, one) for name, one in wanted.items()}
    asks["open, from the middle on"] = lambda: cases.queue(sam, CaseFilter(), after=middle)
    asks["own cases of an integrator"] = lambda: cases.queue(owner, CaseFilter())
    asks["badge"] = lambda: cases.unseen_count(sam)
    return asks


def clock_of(connection):
    """SQLite works in this process: its processor time is the whole. PostgreSQL's is seen from outside alone."""
    return time.process_time if connection.vendor == "sqlite" else time.perf_counter


def best_ms(ask, clock) -> float:
    """The shortest of many: what the machine does beside it only makes one longer."""
    ask()
    taken = []
    for _ in range(ROUNDS):
        began = clock()
        ask()
        taken.append((clock() - began) * 1_000)
    return min(taken)


if __name__ == "__main__":
    sys.exit(on_both.main("cases", __doc__, "cases", 100_000, measure))
