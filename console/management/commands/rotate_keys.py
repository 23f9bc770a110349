"""Seals every stored secret anew with the key ring's first key."""

from typing import Any

from console.adapters import clock
from console.core.errors import Misconfigured
from console.management.arguments import ConsoleCommand, refuse
from console.store import audit_verify, rotation, vault


class Command(ConsoleCommand):
    help = (
        "Seals every stored secret anew with the first key of the key ring, and vouches with it for the audit entries "
        "of older keys. Put the new key in front, restart, run this, and remove the old key when it says that nothing "
        "is left. May be stopped and started at any time."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            outcome = rotation.rotate()
            print(f"Sealed anew: {outcome.rotated}. Left under other keys: {outcome.left}.")
            for name in outcome.unreadable:
                print(f"Cannot be read with this key ring: {name}")
            if outcome.left:
                raise SystemExit(1)
            vault.require_own_ring()
            problems = audit_verify.checkpoint(now=clock.now())
        except Misconfigured as refusal:
            refuse(f"{refusal.what} {refusal.why}")
        for problem in problems:
            print(f"The audit trail is not vouched for, keep the old key: {problem}")
        if problems:
            raise SystemExit(1)
