"""Requests that are kept with a profile, to be opened and sent again: under names, and what one sent last.

Whoever brings requests from elsewhere (an import) makes a `RequestDraft` of each and calls `add`; whoever sends
several in a row (a collection) lists them with `of_profile`, opens each with `open_saved` and sends its `kept.draft`
with the variables of the profile filled in (services/variables.py). Secrets never stay: `save` leaves out what the
redaction would mask and says what it was. Every function wants the profile opened by the caller, and asks for no right
on it again: "view" to list and open, "use" for the rest.
"""

from collections.abc import Sequence

from console.adapters import clock, random
from console.core.audit.actions import Action
from console.core.call import CallProblem
from console.core.compose.bodies import UploadedBody
from console.core.compose.draft import RequestDraft
from console.core.compose.keeping import KeptRequest, without_secrets
from console.core.errors import NotAllowed
from console.core.held import Held
from console.core.json.text import visible
from console.core.redaction.redact import redact_text
from console.services import budget, calls, variables
from console.services.calls import SentCall
from console.services.opening import OpenProfile
from console.store import audit, json_text
from console.store import saved_requests as store
from console.store.saved_requests import RequestRecord, RequestsOfProfile

MOST = 200  # with a name, of one profile
LONGEST_NAME = 100
LONGEST = 300_000  # bytes of one as it is kept; the form of a call takes no more


def of_profile(opened: OpenProfile) -> RequestsOfProfile:
    """Those with a name, by name, and what the actor sent last; `manage` on one: rename, replace and delete it."""
    return store.of_profile(opened.actor, opened.profile.id)


def open_saved(opened: OpenProfile, request_id: str) -> Held[RequestRecord]:
    """Raises NotFound when the profile has none of that id."""
    return store.get(opened.actor, "view", opened.profile.id, request_id)


def to_change(opened: OpenProfile, request_id: str) -> RequestRecord:
    """One that the actor may rename and delete; raises NotFound for any other."""
    return store.get(opened.actor, "manage", opened.profile.id, request_id).value


def save(opened: OpenProfile, name: str, draft: RequestDraft) -> RequestRecord:
    """Keeps a request under a name, in the place of one of that name which is the actor's to change.

    `kept.left_out` of the result names the secrets that were left out. Raises Stale when the name is taken by one that
    is not theirs, NotAllowed when the profile has too many or the request is too large, Busy.
    """
    actor, profile = opened.actor, opened.profile
    name, kept = tidy_name(name), _kept(opened, draft)
    size = json_text.size_of(kept)
    if size > LONGEST:
        raise NotAllowed(
            "This request is too large to be kept.",
            why=f"It has {size:,} bytes; at most {LONGEST:,} are kept.",
            do="Shorten its body.",
            who="You can do this.",
        )
    if store.count(actor, profile.id) >= MOST:
        raise NotAllowed(
            f"This profile has {MOST} saved requests, as many as one may.",
            do="Delete those that nobody needs, then save this one.",
            who="You can do this.",
        )
    budget.keep(actor, size)
    now = clock.now()
    with audit.together():
        request_id, was_there = store.put(actor, profile.id, name, kept, id=random.ordered_id(clock.now_us()), now=now)
        _audit(opened, Action.REQUEST_SAVED, f"{name}{', in place of the one before' if was_there else ''}")
    return RequestRecord(request_id, name, kept, now)


def add(opened: OpenProfile, drafts: Sequence[tuple[str, RequestDraft]]) -> list[RequestRecord]:
    """Keeps several requests under names of their own: a name that is taken gets a number, and nothing is replaced.

    Gives them in their order. Raises NotAllowed as `save`, Busy, Stale where somebody saved one meanwhile; then none is
    kept.
    """
    actor, profile, now = opened.actor, opened.profile, clock.now()
    taken = store.names(actor, profile.id)
    if len(taken) + len(drafts) > MOST:
        raise NotAllowed(
            f"This profile would have {len(taken) + len(drafts)} saved requests.",
            why=f"At most {MOST} are kept with one profile, and {len(taken)} are there.",
            do="Pick fewer, or delete those that nobody needs.",
            who="You can do this.",
        )
    found, size = [], 0
    with budget.thinking(actor, sum(len(draft.body) for _, draft in drafts)):
        for name, draft in drafts:
            kept = without_secrets(draft, public=profile.public_texts)
            size += json_text.size_of(kept)
            id_ = random.ordered_id(clock.now_us())
            found.append(RequestRecord(id_, _free_name(tidy_name(name), taken), kept, now))
    budget.keep(actor, size)
    with audit.together():
        store.add(actor, profile.id, found)
        listed = ", ".join(one.name for one in found[:5])
        _audit(opened, Action.REQUEST_SAVED, f"{len(found)} imported: {listed}{', …' if len(found) > 5 else ''}")
    return found


def _free_name(name: str, taken: set[str]) -> str:
    """The name, or with the next number that is free; it is taken then."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - 6]} ({number})"
    taken.add(free)
    return free


def rename(opened: OpenProfile, request_id: str, name: str) -> str:
    """Gives the name as it is kept. Raises NotFound when it is not the actor's to change, Stale as `save`."""
    before = to_change(opened, request_id)
    name = tidy_name(name)
    with audit.together():
        store.rename(opened.actor, opened.profile.id, request_id, name)
        _audit(opened, Action.REQUEST_RENAMED, f"{before.name} to {name}")
    return name


def delete(opened: OpenProfile, request_id: str) -> None:
    """Raises NotFound when it is not the actor's to change."""
    before = to_change(opened, request_id)
    with audit.together():
        store.delete(opened.actor, opened.profile.id, request_id)
        _audit(opened, Action.REQUEST_DELETED, before.name)


def send(opened: OpenProfile, draft: RequestDraft, upload: UploadedBody | None = None) -> SentCall:
    """Sends what the form of a call holds, and keeps it as what the actor sent last; what could not be sent too, so
    that it is there again when what it wants is mended elsewhere. Raises as `calls.send_for`.
    """
    call = variables.call_for(opened, draft, upload)
    sent = SentCall(opened, problem=call) if isinstance(call, CallProblem) else calls.send_for(opened, call)
    if sent.exchange is not None or sent.problem is not None:
        _remember(opened, draft)
    return sent


def tidy_name(name: str) -> str:
    """On one line, without secrets and what nobody sees, cut to what is kept; "Request" for nothing."""
    return visible(redact_text(" ".join(name[:2000].split())))[:LONGEST_NAME].strip() or "Request"


def _remember(opened: OpenProfile, draft: RequestDraft) -> None:
    kept = _kept(opened, draft)
    if json_text.size_of(kept) <= LONGEST:
        id_ = random.ordered_id(clock.now_us())
        store.put_last(opened.actor, opened.profile.id, kept, id=id_, now=clock.now())


def _kept(opened: OpenProfile, draft: RequestDraft) -> KeptRequest:
    with budget.thinking(opened.actor, len(draft.body)):
        return without_secrets(draft, public=opened.profile.public_texts)


def _audit(opened: OpenProfile, action: Action, detail: str) -> None:
    id_, now = opened.profile.id, clock.now()
    audit.append(opened.actor, action, object_kind="profile", object_id=id_, result="done", now=now, detail=detail)
