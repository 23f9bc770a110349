"""Enqueues what is due by time."""

from typing import Any

from console.management.arguments import ConsoleCommand
from console.services import tick


class Command(ConsoleCommand):
    help = (
        "Enqueues what is due by time, and does none of it: mails to be sent again, long work to be looked at, "
        "heartbeats, deleting. Workers do this once a minute by themselves; where another backend keeps the "
        "tasks, a timer calls it. Called twice it enqueues nothing twice."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        print("Enqueued: " + ", ".join(f"{count} {name}" for name, count in tick.tick().items()) + ".")
