"""A call of the history, sent once more under a fault of the sandbox, so that both can be compared."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.call import ApiCall
from console.core.errors import NotAllowed, NotFound
from console.services import connection_tokens, connections, opening, practice, replays
from console.services.opening import OpenProfile
from console.services.practice import Practice, Practised
from console.store import attempts
from console.store.attempts import AttemptRecord

KEY_LEFT_OUT = "subscription-key-missing"


@dataclass(frozen=True, slots=True)
class PastPractice:
    """`is_whole`: all of the call is kept, so that it can be sent again as it was."""

    practice: Practice
    is_whole: bool


def of_record(profile: OpenProfile, record: AttemptRecord) -> PastPractice | None:
    """What can be practised with a call of this profile; None where nothing was sent, or nothing can."""
    opened = _through_its_person(profile)
    found = practice.of_profile(opened)
    if not found.faults and found.refused is None:
        return None
    try:
        return PastPractice(found, replays.of_record(opened, record).call.is_whole)
    except NotFound:
        return None


def again(actor: Actor, attempt_id: str, code: str | None) -> Practised:
    """Sets the fault, or mends the sandbox with None, and sends the call of then with a fresh token of its profile.

    Raises NotFound for an attempt or profile that is not the actor's to use, and for what is no call; NotAllowed where
    not all of the call was kept, and as practising does.
    """
    record = attempts.get(actor, attempt_id).value
    if record.profile_id is None:
        raise NotFound("The profile of this attempt is gone.")
    opened = _through_its_person(opening.of_profile(actor, "use", record.profile_id))
    found = replays.of_record(opened, record)
    if not found.call.is_whole:
        raise NotAllowed(
            "This call cannot be sent again as it was.",
            why="What is secret in it was not kept.",
            do="Fill the form with it, type what is missing, and break it there.",
            who="You can do this.",
        )
    then = found.call
    call = ApiCall(
        then.method,
        then.path,
        query=then.query,
        headers=then.headers,
        body=then.body,
        sends_token=then.sends_token,
        # That fault took the key away on the way out: without it the call has its key.
        sends_subscription_key=then.sends_subscription_key or record.primary_cause == KEY_LEFT_OUT,
    )
    return practice.practise(opened, code, call=call)


def _through_its_person(opened: OpenProfile) -> OpenProfile:
    """Through the first connection that can be used, where its grant needs a person."""
    if opened.connection is not None or not connection_tokens.needs_person(opened):
        return opened
    found = connections.first_usable(opened)
    return opening.of_connection(opened.actor, "use", found.id) if found else opened
