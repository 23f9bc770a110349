"""Seals every stored secret anew with the key ring's first key."""

from typing import Any

from console.core.errors import Misconfigured
from console.management.arguments import ConsoleCommand, refuse
from console.store import rotation


class Command(ConsoleCommand):
    help = (
        "Seals every stored secret anew with the first key of the key ring. Put the new key in front, restart, run "
        "this, and remove the old key when it says that nothing is left. May be stopped and started at any time."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            outcome = rotation.rotate()
        except Misconfigured as refusal:
            refuse(f"{refusal.what} {refusal.why}")
        print(f"Sealed anew: {outcome.rotated}. Left under other keys: {outcome.left}.")
        for name in outcome.unreadable:
            print(f"Cannot be read with this key ring: {name}")
        if outcome.left:
            raise SystemExit(1)
