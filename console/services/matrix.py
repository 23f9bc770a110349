"""A matrix of auth variants: one click calls an API in each of them, as a run; each look sends one, whoever looks."""

from collections.abc import Callable
from dataclasses import replace

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, call_url
from console.core.errors import NotAllowed, NotFound
from console.core.matrix.base import MatrixChoice, MatrixRow, Must
from console.core.matrix.result import STOPPED, MatrixResult
from console.core.matrix.variants import BY_CODE, CONTROL, VARIANTS
from console.core.runs import matrix as kind
from console.core.runs.base import NextStage, RunFacts
from console.services import budget, destinations, opening, runs, stepping, variables
from console.services import matrix_variants as variants
from console.services.looks import Looked
from console.services.matrix_choices import keep_with_api, offered
from console.services.matrix_results import CHOSEN, KIND, KeptStep, chosen_of, of_run, rows_of
from console.services.opening import OpenProfile
from console.services.preflight_stage import call_of, kept_of, named
from console.store import audit, json_text
from console.store import runs as run_store
from console.store.runs import RunRecord

KEPT_RUNS = 100  # of one profile
SAME_CLICK_S = 120  # an unfinished run that young is gone on with, and no second one begun
_MUSTS = "musts"
_PLACE = "place"


def begin(opened: OpenProfile, choice: MatrixChoice, *, call: ApiCall, keeps: bool = False) -> RunRecord:
    """A run that stands before its first variant; nothing is sent yet. With `keeps` the choice is kept with the Api.

    The usual call is always tried, and first. Raises NotFound, NotAllowed and Busy. A run of the same person that goes
    on is given instead of a second one.
    """
    actor = opened.actor
    destinations.require_accepted(opened)
    budget.must_have_room(actor)
    _must_be_sendable(opened, call)
    known = offered(opened)
    codes = tuple(
        one.code
        for one in VARIANTS
        if one.code not in known.why_not and (one.is_control or one.code in choice.variants)
    )
    now, other = clock.now(), choice.other_profile_id
    kept = {
        **kept_of(call, is_picked=True),
        CHOSEN: json_text.dump(codes),
        _MUSTS: json_text.dump(choice.musts or {}),
        _PLACE: destinations.place_of(opened),
        **({variants.OTHER: other} if other in {id_ for id_, _ in known.others} else {}),
        **(variants.kept_of_expired(opened) if "expired" in codes else {}),
    }
    progress = kind.KIND.begin(RunFacts(now), NextStage(CONTROL.code, CONTROL.title, kept))
    if progress is None:
        raise NotFound("There is nothing to try.")
    run = runs.of_profile(opened, KIND, progress)
    with audit.together():
        run_store.hold_profile(opened.profile.id)
        if (going := _going_on(opened, now)) is not None:
            return going
        run_store.create(actor, run, now=now)
        _audit(actor, Action.MATRIX_BEGAN, "profile", opened.profile.id, f"{len(codes)} variants of {named(call)}")
        if keeps:
            keep_with_api(opened, choice, call, now=now)
    run_store.trim(opened.profile.id, KIND, keep=KEPT_RUNS)
    return replace(run, created_at=now)


def look(actor: Actor, run_id: str) -> RunRecord:
    """One variant on. The run stays as it is when it is done, when another looks, or while a token is under way.

    Raises NotFound; Busy, to be looked again later.
    """
    return runs.look_by(actor, _own(actor, run_id, "use"), _made, units=0)


def go_on(actor: Actor, run_id: str, *, until_s: float, told: Callable[[MatrixRow], None] | None = None) -> RunRecord:
    """Variant after variant, until the run is done, has to wait, or `until_s` (of the monotonic clock) has come."""
    run = _own(actor, run_id, "use")
    return stepping.go_on(run, lambda: look(actor, run_id), rows_of, until_s=until_s, told=told)


def go_on_for_a_while(actor: Actor, run_id: str) -> RunRecord:
    """As `go_on`, for as long as a person waits for one answer of a page."""
    return go_on(actor, run_id, until_s=stepping.page_until_s())


def run_to_end(
    opened: OpenProfile,
    choice: MatrixChoice,
    *,
    call: ApiCall,
    limit_s: float,
    wait: Callable[[float], None],
    told: Callable[[MatrixRow], None] | None = None,
) -> MatrixResult:
    """A whole matrix, for a command; not done yet where `limit_s` did not do. `wait` pauses for so many seconds while
    the person's work budget is spent, or another request asks for the token.
    """
    actor, ends_at = opened.actor, clock.monotonic() + limit_s
    run_id = begin(opened, choice, call=call).id
    stepping.to_the_end(lambda: go_on(actor, run_id, until_s=ends_at, told=told), ends_at=ends_at, wait=wait)
    return of_run(opened, run_id).value


def stop(actor: Actor, run_id: str) -> None:
    """What is under way is sent and kept; nothing more is sent after it."""
    run = _own(actor, run_id, "use")
    with audit.together():
        run_store.ask_to_stop(actor, run.id)
        _audit(actor, Action.MATRIX_STOPPED, "profile", run.profile_id or "", "nothing more is sent")
    look(actor, run_id)


def _made(actor: Actor, run: RunRecord) -> Looked | None:
    if run.profile_id is None:
        raise NotFound("The profile is gone.")
    chosen, call, now = chosen_of(run), call_of(run.kept), clock.now()
    ended = Looked(NextStage("", STOPPED), (), RunFacts(now), json_text.dump(KeptStep(None, chosen, named(call))))
    if run.is_stopping:  # also for who may no longer use the profile
        return ended
    opened = opening.of_profile(actor, "use", run.profile_id, connection_id=run.connection_id)
    if destinations.place_of(opened) != run.kept.get(_PLACE):  # a token was kept for that place alone
        return ended
    code = run.kept.get("stage", CONTROL.code)
    said = json_text.load(run.kept.get(_MUSTS, "{}"), dict[str, Must]).get(code, Must.UNKNOWN)
    filled = variables.filled_call(opened, call)
    if isinstance(filled, CallProblem):  # a variable lost its value meanwhile
        raise NotAllowed("This call cannot be sent.", why=filled.what, do=filled.do, who="You can do this.")
    made = variants.make(variants.VariantTask(opened, BY_CODE[code], filled, said, run.kept))
    if made is None:
        return None
    following = next((one for one in chosen[chosen.index(code) + 1 :] if one in BY_CODE), "")
    state = BY_CODE[following].title if following else "Done"
    told = json_text.dump(KeptStep(made.row, chosen, named(call)))
    return Looked(NextStage(following, state, made.keep), (), RunFacts(now, opened.api), told)


def _own(actor: Actor, run_id: str, right: str) -> RunRecord:
    run = run_store.get(actor, run_id, "use" if right == "use" else "view").value
    if run.kind != KIND:
        raise NotFound("There is no such matrix.")
    return run


def _going_on(opened: OpenProfile, now: int) -> RunRecord | None:
    found = run_store.newest_of_profile(opened.actor, opened.profile.id, KIND)
    going = (one.value for one in found if one.is_own and not one.value.is_done and not one.value.is_stopping)
    return next((run for run in going if now - run.created_at < SAME_CLICK_S), None)


def _must_be_sendable(opened: OpenProfile, call: ApiCall) -> None:
    filled = variables.filled_call(opened, call)  # the run keeps the call with its names
    base = opened.api.base_url if opened.api else ""
    found = filled if isinstance(filled, CallProblem) else call_url(base, filled.path, filled.query)
    if isinstance(found, CallProblem):
        raise NotAllowed("This call cannot be sent.", why=found.what, do=found.do, who="You can do this.")


def _audit(actor: Actor, action: Action, object_kind: str, object_id: str, detail: str) -> None:
    audit.append(
        actor, action, object_kind=object_kind, object_id=object_id, result="done", now=clock.now(), detail=detail
    )
