"""What is remembered of a refusal."""

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.errors import NotYours
from console.store import audit


def record(actor: Actor, refusal: NotYours, *, address: str) -> None:
    """Adds to the audit trail that somebody asked for what is not theirs; `address` is where from."""
    audit.append(
        actor,
        Action.ASKED_FOR_ANOTHERS,
        object_kind=refusal.kind,
        object_id=refusal.id,
        result="refused",
        address=address,
        now=clock.now(),
    )
