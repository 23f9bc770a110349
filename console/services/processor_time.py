"""How much of the processor's time a person's requests may take in this process."""

from console.adapters import clock
from console.adapters.meter import Meter
from console.core.actor import Actor
from console.core.budget import Work
from console.core.errors import Busy
from console.core.tokens.times import duration
from console.services.budget import WHO, share_of
from console.store.budgets import allowance_of

METER = Meter()
COUNTED_FROM_MS = 20  # what takes less is a plain page, and free


def refusal(actor: Actor) -> Busy | None:
    """Why nothing is computed for this person now; None when something is."""
    allowance = allowance_of(Work.PROCESSOR)
    wait_s = METER.seconds_until_any(share_of(actor), allowance, now_us=clock.now_us())
    if not wait_s:
        return None
    return Busy(
        f"What you asked for took more than {allowance.burst // 1000} seconds of computing within a minute.",
        why="The console computes for many people, so each has a share.",
        do=f"Come again in {duration(wait_s)}; shorter texts take less.",
        who=WHO,
        wait_s=wait_s,
    )


def charge(actor: Actor, used_ms: int) -> None:
    """Counts what a request of the actor has taken."""
    if used_ms >= COUNTED_FROM_MS:
        METER.charge(share_of(actor), allowance_of(Work.PROCESSOR), now_us=clock.now_us(), units=used_ms)
