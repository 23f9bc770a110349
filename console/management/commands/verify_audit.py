"""Whether the audit trail is whole."""

from typing import Any

from console.core.errors import Misconfigured
from console.management.arguments import ConsoleCommand, refuse
from console.store import audit


class Command(ConsoleCommand):
    help = "Walks the audit trail and says whether an entry was changed, removed or put in. Exit status 1 when one was."

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            found = audit.verify()
        except Misconfigured as refusal:
            refuse(f"{refusal.what} {refusal.why}")
        print(f"Entries: {found.entries}. Made with a key no longer in the ring: {found.unchecked}.")
        for problem in found.problems:
            print(problem)
        if found.problems:
            raise SystemExit(1)
        print("The chain holds.")
