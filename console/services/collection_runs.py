"""A collection as a run: each look sends one step, whoever looks; it survives a reload and a restart, and may be
stopped.
"""

from collections.abc import Callable
from dataclasses import replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.collections.collection import Collection
from console.core.collections.result import CollectionResult, CollectionStepResult, StepOutcome, StepProblem
from console.core.collections.taken import TakenValue
from console.core.collections.work import BegunWork
from console.core.errors import NotAllowed, NotFound
from console.core.held import Held
from console.core.runs import collection as kind
from console.core.runs.base import RunFacts
from console.core.runs.collection import NextStep
from console.services import budget, collection_work, collections, destinations, opening, runs, stepping
from console.services.collection_answer import Values
from console.services.collection_step import make_step
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.store import audit, json_text
from console.store import collections as store
from console.store import runs as run_store
from console.store.runs import RunRecord

KIND = kind.KIND.code
KEPT_RUNS = 100  # of one profile
SAME_CLICK_S = 120  # an unfinished run that young of the same person is gone on with, and no second one begun
_VALUE = "value."
_PLACE = "place"
_WORK = "work"
Told = Callable[[CollectionStepResult], None]


def begin(opened: OpenProfile, collection_id: str) -> RunRecord:
    """A run that stands before its first step; nothing is sent yet. `opened` is for use.

    Raises NotFound, NotAllowed and Busy. A run of the same person that was just begun is given instead of a second one.
    """
    collection = collections.open_collection(opened, collection_id).value
    if opened.api is None:
        raise destinations.no_api(opened.profile)
    destinations.require_accepted(opened)
    budget.must_have_room(opened.actor)
    now, total = clock.now(), len(collection.steps)
    kept = {"version": str(collection.version), "name": collection.name, "of": str(total)}
    kept[_PLACE] = destinations.place_of(opened)
    first = NextStep(1 if total else 0, _state(1, total), kept)
    progress = kind.begin(RunFacts(now), first)
    if progress is None:
        raise NotAllowed(f"{collection.name} has no steps yet.", do="Add one, then run it.", who="You can do this.")
    run = RunRecord(
        id=random.ordered_id(clock.now_us()),
        kind=KIND,
        attempt_id=None,
        profile_id=opened.profile.id,
        state=progress.state,
        is_done=False,
        not_before=progress.not_before,
        kept=progress.kept,
        connection_id=opened.connection_id,
        collection_id=collection.id,
        created_at=now,
    )
    with audit.together():
        run_store.hold_profile(opened.profile.id)  # of two clicks at one moment, the second finds the first one's run
        going = _going_on(opened, collection, now)
        if going is not None:
            return going
        run_store.create(opened.actor, run, now=now)
        detail = f"{collection.name}, {total} steps"
        _audit(opened.actor, opened.profile.id, Action.COLLECTION_BEGAN, "began", detail, now=now)
    run_store.trim(opened.profile.id, KIND, keep=KEPT_RUNS)
    return run


def look(actor: Actor, run_id: str) -> RunRecord:
    """One step on. The run stays as it is when it is done, when another looks, or while something is under way.

    Raises NotFound; Busy, to be looked again later.
    """
    return runs.look_by(actor, own(actor, run_id, "use"), _made, units=0)  # sending takes of the work budget itself


def go_on(actor: Actor, run_id: str, *, until_s: float, told: Told | None = None) -> RunRecord:
    """Step after step, until the run is done, has to wait, or `until_s` (of the monotonic clock) has come.

    `told` is called with each result as it comes. Raises as `look` does.
    """
    run = own(actor, run_id, "use")
    return stepping.go_on(run, lambda: look(actor, run_id), _results, until_s=until_s, told=told)


def go_on_for_a_while(actor: Actor, run_id: str) -> RunRecord:
    """As `go_on`, for as long as a person waits for one answer of a page."""
    return go_on(actor, run_id, until_s=stepping.page_until_s())


def run_to_end(
    opened: OpenProfile,
    collection_id: str,
    *,
    limit_s: float,
    wait: Callable[[float], None],
    told: Told | None = None,
) -> CollectionResult:
    """A whole run, for a command that nobody looks at; not done yet where `limit_s` did not do.

    `wait` pauses for so many seconds while another asks for the token, or the person's work budget is spent.
    """
    actor, run_id = opened.actor, begin(opened, collection_id).id
    ends_at = clock.monotonic() + limit_s
    stepping.to_the_end(lambda: go_on(actor, run_id, until_s=ends_at, told=told), ends_at=ends_at, wait=wait)
    return of_run(opened, run_id).value


def stop(actor: Actor, run_id: str) -> RunRecord:
    """What is being sent is kept with its answer; no further step is sent. Raises NotFound.

    Also for who may no longer use the profile: it was their run.
    """
    run = own(actor, run_id, "use")
    if run.is_done:
        return run
    with audit.together():
        run_store.ask_to_stop(actor, run.id)
        profile_id, name = run.profile_id or "", run.kept.get("name", "")
        _audit(actor, profile_id, Action.COLLECTION_STOPPED, "done", name, now=clock.now())
    return look(actor, run_id)


def newest(opened: OpenProfile, collection_id: str, *, limit: int = 10) -> list[Held[CollectionResult]]:
    """What was found last with a collection of this profile, newest first; those that go on among them."""
    collection = collections.open_collection(opened, collection_id).value
    found = run_store.newest_of_collection(opened.actor, collection.id, limit=limit)
    return [_held_result(one, collection, opened) for one in found]


def newest_of_each(opened: OpenProfile, found: list[Held[Collection]]) -> dict[str, Held[CollectionResult]]:
    """The newest run of each collection of a profile, by the collection's id; of those that ran lately."""
    by_id = {one.value.id: one.value for one in found}
    lately = run_store.newest_of_profile(opened.actor, opened.profile.id, KIND, limit=KEPT_RUNS) if found else []
    newest_first = [one for one in lately if one.value.collection_id in by_id]
    oldest_first = reversed(newest_first)
    return {
        collection_id: _held_result(one, by_id[collection_id], opened)
        for collection_id, one in ((one.value.collection_id or "", one) for one in oldest_first)
    }


def of_run(opened: OpenProfile, run_id: str) -> Held[CollectionResult]:
    """One run of a collection of this profile, as `newest` gives them; raises NotFound."""
    held = run_store.get(opened.actor, run_id)
    if held.value.kind != KIND or held.value.profile_id != opened.profile.id or held.value.collection_id is None:
        raise NotFound("There is no such run of a collection of this profile.")
    collection = collections.open_collection(opened, held.value.collection_id).value
    return _held_result(held, collection, opened)


def _held_result(held: Held[RunRecord], collection: Collection, opened: OpenProfile) -> Held[CollectionResult]:
    run, made, work = held.value, _results(held.value), _work(held.value)
    result = CollectionResult(
        run_id=run.id,
        collection_id=collection.id,
        profile_id=opened.profile.id,
        name=collection.name,
        profile=opened.profile.name,
        steps=made,
        total=made[-1].of if made else len(collection.steps),
        is_done=run.is_done,
        began_at=run.created_at,
        ended_at=run.steps[-1].at if run.is_done and run.steps else None,
        waits_on=work.attempt_id if work else "",
    )
    return Held(result, held.rights, held.is_own, held.owner)


def own(actor: Actor, run_id: str, right: str) -> RunRecord:
    """The run, if it is one of a collection; NotFound as the store gives it."""
    run = run_store.get(actor, run_id, "use" if right == "use" else "view").value
    if run.kind != KIND or run.collection_id is None:
        raise NotFound("There is no such run of a collection.")
    return run


def _opened(actor: Actor, run: RunRecord) -> tuple[Collection, OpenProfile]:
    if run.profile_id is None:
        raise NotFound("The profile is gone.")
    opened = opening.of_profile(actor, "use", run.profile_id, connection_id=run.connection_id)
    return store.get(actor, "view", run.collection_id or "").value, opened


def _made(actor: Actor, run: RunRecord) -> Looked | None:
    number, now = _number(run), clock.now()
    work = _work(run)
    begun = work.told if work else CollectionStepResult(number, f"Step {number}", StepOutcome.NOT_SENT)
    if run.is_stopping:
        total = int(run.kept.get("of", number))
        told = replace(begun, outcome=StepOutcome.STOPPED, of=total, at=now)
        return Looked(NextStep(0, "Stopped"), (), RunFacts(now), json_text.dump(told))
    collection, opened = _opened(actor, run)
    total = len(collection.steps)
    is_other = str(collection.version) != run.kept.get("version") or number > total
    is_elsewhere = destinations.place_of(opened) != run.kept.get(_PLACE)  # what one Api gave is not for another
    if is_other or is_elsewhere:
        changed = StepProblem(
            "The collection was changed while it ran." if is_other else "Where its API leads was changed while it ran.",
            "What is left of it is another thing than what was begun.",
            "Run it again.",
            "You can do this.",
        )
        told = replace(begun, problem=changed, of=total, at=now)
        return Looked(NextStep(0, "Changed"), (), RunFacts(now, opened.api), json_text.dump(told))
    if work is not None:
        made = collection_work.go_on(opened, collection.steps[number - 1], _values(run), work)
    else:
        made = make_step(opened, collection, number, _values(run))
    if made is None:
        return None
    facts = RunFacts(clock.now(), opened.api)
    if made.work is not None:
        waiting = f"{_state(number, total)}, waiting for its work"
        return Looked(NextStep(number, waiting, {_WORK: json_text.dump(made.work)}), (), facts)
    result = replace(made.result, of=total)
    is_last = number == total or (collection.stops_early and not result.is_good)
    keep = {f"{_VALUE}{one.name}": json_text.dump(one) for one in made.taken} | {_WORK: ""}
    coming = NextStep(0 if is_last else number + 1, "Done" if is_last else _state(number + 1, total), keep)
    return Looked(coming, (), facts, json_text.dump(result))


def _results(run: RunRecord) -> tuple[CollectionStepResult, ...]:
    return tuple(json_text.load(step.told, CollectionStepResult) for step in run.steps if step.told)


def _values(run: RunRecord) -> Values:
    found = (json_text.load(text, TakenValue) for name, text in run.kept.items() if name.startswith(_VALUE))
    return {one.name: one for one in found}


def _work(run: RunRecord) -> BegunWork | None:
    """What the step began that the run stands at; None while that is not sent."""
    text = run.kept.get(_WORK)
    return json_text.load(text, BegunWork) if text else None


def _number(run: RunRecord) -> int:
    return int(run.kept.get("step", "1"))


def _state(number: int, total: int) -> str:
    return f"Step {number} of {total}"


def _going_on(opened: OpenProfile, collection: Collection, now: int) -> RunRecord | None:
    for one in run_store.newest_of_collection(opened.actor, collection.id, limit=10):
        run = one.value
        is_same = one.is_own and run.connection_id == opened.connection_id
        is_young = not (run.is_done or run.is_stopping) and now - run.created_at < SAME_CLICK_S
        if is_same and is_young and run.kept.get("version") == str(collection.version):
            return run
    return None


def _audit(actor: Actor, profile_id: str, action: Action, result: str, detail: str, *, now: int) -> None:
    audit.append(actor, action, object_kind="profile", object_id=profile_id, result=result, now=now, detail=detail)
