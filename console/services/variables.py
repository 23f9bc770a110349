"""Variables of calls: what {{names}} stand for with a profile, and a request with them filled in.

Whoever sends a request that may hold names makes its call with `call_for`; a collection adds the
values of its answers to `of_opened`.
"""

from collections.abc import Mapping

from console.adapters import clock
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem
from console.core.compose.bodies import UploadedBody
from console.core.compose.draft import RequestDraft, call_of
from console.core.compose.variables import VariableSets, filled_in, has_names
from console.core.errors import NotFound
from console.services import budget
from console.services.opening import OpenProfile
from console.store import audit, json_text, rows
from console.store import call_variables as store


def of_opened(opened: OpenProfile) -> VariableSets:
    """What its profile knows; of who may view it."""
    return store.of_profile(opened.profile)


def call_for(opened: OpenProfile, draft: RequestDraft, upload: UploadedBody | None = None) -> ApiCall | CallProblem:
    """The call of a request with its variables filled in, or why it cannot be sent."""
    if not has_names(draft):
        return call_of(draft, upload)
    found = filled_in(draft, of_opened(opened).values)
    return found if isinstance(found, CallProblem) else call_of(found, upload)


def filled_call(opened: OpenProfile, call: ApiCall) -> ApiCall | CallProblem:
    """A bare call (method, path, query) with the variables in the place of its {{names}}, or why it cannot be sent."""
    return call_for(opened, RequestDraft(call.method, call.path, call.query))


def save(opened: OpenProfile, own: Mapping[str, str], shared: Mapping[str, str] | None, *, version: int) -> None:
    """Keeps both sets; None leaves what all profiles of the environment share as it is, which is their owner's.

    The profile is opened to be managed, and the values hold no secret. Raises Stale when somebody saved since
    `version`, NotFound for what another's profiles share, Busy.
    """
    actor, profile = opened.actor, opened.profile
    if shared is not None and not opened.held.is_own:
        raise NotFound("What the profiles of an environment share is their owner's to change.")
    if of_opened(opened).version != version:
        raise rows.stale("list of variables")
    budget.keep(actor, json_text.size_of([dict(own), dict(shared or {})]))
    named = ", ".join([*own, *(shared or {})])
    with audit.together():
        store.put(profile, own, is_shared=False)
        if shared is not None:
            store.put(profile, shared, is_shared=True)
        audit.append(
            actor,
            Action.VARIABLES_SAVED,
            object_kind="profile",
            object_id=profile.id,
            result="done",
            now=clock.now(),
            detail=named,
        )
