"""How much of the processor a person's requests, or those to a workspace of the sandbox, may take in this process.

Whoever asks a workspace over HTTP is nobody the console knows, and its owner writes the policy that is run for each.
"""

from django.conf import settings

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
    wait_s = seconds_until(share_of(actor))
    if not wait_s:
        return None
    allowance = allowance_of(Work.PROCESSOR)
    return Busy(
        f"What you asked for took more than {allowance.burst // 1000} seconds of computing within a minute.",
        why="The console computes for many people, so each has a share.",
        do=f"Come again in {duration(wait_s)}; shorter texts take less.",
        who=WHO,
        wait_s=wait_s,
    )


def charge(actor: Actor, used_ms: int) -> None:
    """Counts what a request of the actor has taken."""
    count(share_of(actor), used_ms)


def share_of_workspace(segment: str) -> str:
    """Apart from its owner's: strangers who know the address cannot keep them from their pages."""
    return f"workspace {segment.lower()}"


def seconds_until(share: str) -> int:
    """Seconds until anything is computed for that share again; 0 when it is now."""
    if not settings.CONSOLE_PROCESSOR_S_PER_MINUTE:
        return 0
    return METER.seconds_until_any(share, allowance_of(Work.PROCESSOR), now_us=clock.now_us())


def count(share: str, used_ms: int) -> None:
    if used_ms >= COUNTED_FROM_MS and settings.CONSOLE_PROCESSOR_S_PER_MINUTE:
        METER.charge(share, allowance_of(Work.PROCESSOR), now_us=clock.now_us(), units=used_ms)
