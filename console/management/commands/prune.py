"""Deletes what has had its time."""

from typing import Any

from django.core.management import call_command

from console.adapters import clock
from console.management.arguments import ConsoleCommand, refuse
from console.services.sign_in import TOLD_FOR_S
from console.store import attempts, keysets, leases, sign_in_links, sign_in_tries, tokens

DAY_S = 86_400


class Command(ConsoleCommand):
    help = (
        "Deletes attempts older than --days, expired tokens, sessions, leases and sign-in links, and key sets not "
        "fetched for a month. Cases and the audit trail stay. For a daily timer."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--days", type=int, default=90, help="how long attempts are kept; 90 unless given")

    def handle(self, *_: Any, days: int, **__: Any) -> None:
        if days < 1:
            refuse(f"prune: --days must be 1 or more, and {days} is not.")
        now = clock.now()
        deleted = {
            "attempts": attempts.prune(before=now - days * DAY_S),
            "tokens": tokens.prune(now=now),
            "leases": leases.prune(now=now),
            "sign-in links": sign_in_links.prune(now=now, recoveries_before=now - TOLD_FOR_S),
            "counts of wrong passwords": sign_in_tries.prune(now=now),
            "key sets": keysets.prune(before=now - 30 * DAY_S),
        }
        call_command("clearsessions")
        print("Deleted: " + ", ".join(f"{count} {name}" for name, count in deleted.items()) + ".")
