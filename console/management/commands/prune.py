"""Deletes what has had its time."""

from typing import Any

from django.conf import settings

from console.management.arguments import ConsoleCommand, refuse
from console.services import pruning


class Command(ConsoleCommand):
    help = (
        "Deletes attempts older than --days, expired tokens, sessions, leases and sign-in links, and key sets not "
        "fetched for a month. The audit trail stays. The console does the same by itself once a day."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=settings.CONSOLE_KEEP_DAYS,
            help=f"how long attempts are kept; {settings.CONSOLE_KEEP_DAYS} unless given",
        )

    def handle(self, *_: Any, days: int, **__: Any) -> None:
        if days < 1:
            refuse(f"prune: --days must be 1 or more, and {days} is not.")
        deleted = pruning.prune_all(keep_days=days)
        print("Deleted: " + ", ".join(f"{count} {name}" for name, count in deleted.items()) + ".")
