"""A call of the history is filled into the form of its profile again. Nothing is sent here."""

from dataclasses import dataclass

from console.core.attempts.comparing import counting_exchange
from console.core.attempts.replay import Replay, replay
from console.core.attempts.twin import synchronous
from console.core.errors import NotFound
from console.services.opening import OpenProfile
from console.store import attempts
from console.store.attempts import AttemptRecord


@dataclass(frozen=True, slots=True)
class ReplayedCall:
    record: AttemptRecord
    call: Replay


def of_attempt(opened: OpenProfile, attempt_id: str, *, is_synchronous: bool = False) -> ReplayedCall:
    """A call that was sent with this profile; raises NotFound for any other attempt, and where nothing was sent.

    `is_synchronous`: with the wish to be answered at once.
    """
    return of_record(opened, attempts.get(opened.actor, attempt_id).value, is_synchronous=is_synchronous)


def of_record(opened: OpenProfile, record: AttemptRecord, *, is_synchronous: bool = False) -> ReplayedCall:
    """The same, for an attempt that was read for whoever acts."""
    exchange = counting_exchange(record.exchanges, is_call=True)
    if record.kind != "call" or record.profile_id != opened.profile.id or exchange is None or opened.api is None:
        raise NotFound(
            "There is no such call of this profile.",
            why="Only what was sent with a profile fills its form again.",
            do="Choose another call in the history.",
            who="You can do this.",
        )
    api = opened.api
    call = replay(exchange.request, base_url=api.base_url, key_header=api.subscription_key_header)
    return ReplayedCall(record, synchronous(call) if is_synchronous else call)
