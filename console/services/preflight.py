"""Preflight: one click checks a profile end to end, as a run; each look makes one stage, whoever looks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.call import ApiCall, CallProblem, call_url
from console.core.errors import Busy, NotAllowed, NotFound, Refusal
from console.core.held import Held
from console.core.preflight import BY_CODE, STAGES, after
from console.core.preflight.base import StageResult, StageStatus, bounded
from console.core.preflight.explained import with_evidence
from console.core.preflight.result import PreflightResult, with_left_out
from console.core.runs import preflight as kind
from console.core.runs.base import NextStage, RunFacts
from console.services import budget, call_start, destinations, opening, runs, stepping, variables, wiring
from console.services import preflight_network as network
from console.services import preflight_token as tokens
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.services.preflight_stage import MadeStage, MakeStage, StageTask, call_of, kept_of, named
from console.store import audit, json_text
from console.store import runs as run_store
from console.store.runs import RunRecord

KIND = kind.KIND.code
SAFE = ("GET", "HEAD")  # methods that are sent without being picked (RFC 9110 section 9.2.1)
_HEALTH = re.compile(r"/(health|healthz|status|ping|ready|readyz|live|livez)\b", re.IGNORECASE)
KEPT_RUNS = 100  # of one profile
SAME_CLICK_S = 120  # an unfinished run that young of the same call is gone on with, and no second one begun
_LOOKS: Mapping[str, tuple[MakeStage, int]] = {  # how each is made, and what of the work budget it takes by itself
    "names": (network.look_names, 1),
    "tcp": (network.look_tcp, 0),
    "tls": (network.look_tls, 1),
    "metadata": (network.look_metadata, 1),
    "keys": (network.look_keys, 1),
    "clock": (network.look_clock, 0),
    "credential": (tokens.look_credential, 0),
    "token": (tokens.look_token, 0),
    "checks": (tokens.look_checks, 0),
    "policy": (tokens.look_policy, 0),
    "call": (tokens.look_call, 0),
    "operation": (tokens.look_operation, 0),
}


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """What a preflight would send. `is_known`: it was answered before, or the API names it."""

    call: ApiCall
    is_known: bool


def begin(actor: Actor, profile_id: str, *, call: ApiCall | None = None, connection_id: str | None = None) -> RunRecord:
    """A run that stands before its first stage; nothing is sent yet.

    `call` is what a person picked, None for the planned one, which is always GET or HEAD. With a connection its token
    is used. Raises NotFound, NotAllowed and Busy. A run of the same person and call that goes on is given instead of
    a second one.
    """
    opened = opening.of_profile(actor, "use", profile_id, connection_id=connection_id)
    destinations.require_accepted(opened)
    budget.must_have_room(actor)
    if call is not None:
        call = _sendable(opened, call)
    now, planned = clock.now(), planned_call(opened)
    chosen = call or planned.call
    kept = kept_of(chosen, is_picked=call is not None or planned.is_known)
    progress = kind.KIND.begin(RunFacts(now), NextStage(STAGES[0].code, STAGES[0].title, kept))
    if progress is None:
        raise NotFound("There is nothing to check.")
    run = runs.of_profile(opened, KIND, progress)
    with audit.together():
        run_store.hold_profile(opened.profile.id)  # of two clicks at one moment, the second finds the first one's run
        going = _going_on(opened, chosen, now)
        if going is not None:
            return going
        run_store.create(actor, run, now=now)
        _audit(opened, f"the call is {named(chosen)}", now=now)
    run_store.trim(opened.profile.id, KIND, keep=KEPT_RUNS)
    return replace(run, created_at=now)


def planned_call(opened: OpenProfile) -> PlannedCall:
    """The operation that was answered well last with this profile, else a health check that the API names, else what
    was answered before with another profile or is named first, else the API's address itself.

    Only safe methods: nobody has picked it.
    """
    start = call_start.of_profile(opened)
    healths = [one for one in start.known if _HEALTH.search(one.path)]
    offers = (*start.worked, *healths, *start.learned, *start.known)
    first = next((one for one in offers if one.method in (*SAFE, "*") and "*" not in one.path), None)
    if first is None:
        return PlannedCall(ApiCall("GET", ""), is_known=False)
    return PlannedCall(ApiCall("GET" if first.method == "*" else first.method, first.path), is_known=True)


def look(actor: Actor, run_id: str) -> RunRecord:
    """One stage on. The run stays as it is when it is done, when another looks, or while something is under way.

    Raises NotFound; Busy, to be looked again later.
    """
    run = _own(actor, run_id, "use")
    units = _LOOKS[_stage_of(run)][1] if not run.is_done else 0
    return runs.look_by(actor, run, _made, units=units)


def go_on(actor: Actor, run_id: str, *, until_s: float, told: Callable[[StageResult], None] | None = None) -> RunRecord:
    """Stage after stage, until the run is done, has to wait, or `until_s` (of the monotonic clock) has come.

    `told` is called with each result as it comes. Raises as `look` does.
    """
    run = _own(actor, run_id, "use")
    return stepping.go_on(run, lambda: look(actor, run_id), _results, until_s=until_s, told=told)


def run_to_end(
    actor: Actor,
    profile_id: str,
    *,
    limit_s: float = 300,
    wait: Callable[[float], None] | None = None,
    told: Callable[[StageResult], None] | None = None,
    call: ApiCall | None = None,
) -> PreflightResult:
    """A whole preflight, for a command or a task that nobody looks at; not done yet where `limit_s` did not do.

    `wait` pauses for so many seconds while long work goes on, or while the person's work budget is spent; without one
    that is left to whoever looks next, and Busy is raised.
    """
    run_id = begin(actor, profile_id, call=call).id
    ends_at = clock.monotonic() + limit_s
    stepping.to_the_end(
        lambda: go_on(actor, run_id, until_s=ends_at, told=told),
        ends_at=ends_at,
        wait=wait,
        due_s=lambda: min(due_in_s(actor, run_id), max(0.1, ends_at - clock.monotonic())),
    )
    return result(actor, run_id)


def go_on_for_a_while(actor: Actor, run_id: str) -> RunRecord:
    """As `go_on`, for as long as a person waits for one answer of a page."""
    return go_on(actor, run_id, until_s=stepping.page_until_s())


def due_in_s(actor: Actor, run_id: str) -> int:
    """Seconds until the next look makes sense: the monitor's own time while long work is followed, at least one."""
    run = _own(actor, run_id, "view")
    followed = tokens.operation_of(run)
    if not followed or _stage_of(run) != "operation":
        return 1
    return max(1, run_store.get(actor, followed).value.not_before - clock.now())


def result(actor: Actor, run_id: str) -> PreflightResult:
    """Raises NotFound for who may not view it."""
    run = _own(actor, run_id, "view")
    profile = opening.of_profile(actor, "view", run.profile_id or "").profile
    return result_of(run, profile.name)


def newest(opened: OpenProfile, *, limit: int = 10) -> list[Held[PreflightResult]]:
    """What was found last with a profile, newest first; those that go on among them."""
    found = run_store.newest_of_profile(opened.actor, opened.profile.id, KIND, limit=limit)
    return [_of_held(one, opened.profile.name) for one in found]


def of_run(opened: OpenProfile, run_id: str) -> Held[PreflightResult]:
    """One run of this profile, as `newest` gives them; raises NotFound."""
    held = run_store.get(opened.actor, run_id)
    if held.value.kind != KIND or held.value.profile_id != opened.profile.id:
        raise NotFound("There is no such preflight of this profile.")
    return _of_held(held, opened.profile.name)


def _of_held(held: Held[RunRecord], profile: str) -> Held[PreflightResult]:
    return Held(result_of(held.value, profile), held.rights, held.is_own, held.owner)


def result_of(run: RunRecord, profile: str) -> PreflightResult:
    """What is kept of a run."""
    made = _results(run)
    return PreflightResult(
        run_id=run.id,
        profile_id=run.profile_id or "",
        profile=profile,
        stages=with_left_out(made) if run.is_done else made,
        is_done=run.is_done,
        began_at=run.created_at,
        ended_at=run.steps[-1].at if run.is_done and run.steps else None,
    )


def _results(run: RunRecord) -> tuple[StageResult, ...]:
    return tuple(json_text.load(step.told, StageResult) for step in run.steps if step.told)


def _made(actor: Actor, run: RunRecord) -> Looked | None:
    """One stage. A refusal of the console on the way is what the stage says: nothing else could be done about it."""
    if run.profile_id is None:
        raise NotFound("The profile is gone.")
    opened = opening.of_profile(actor, "use", run.profile_id, connection_id=run.connection_id)
    code, now = _stage_of(run), clock.now()
    task = StageTask(opened, run, wiring.transport_for(opened.own), now)
    made = _or_refused(_LOOKS[code][0], task)
    if made is None:
        return None
    told = replace(with_evidence(bounded(made.result), opened.profile, now=now), code=code, at=now)
    return Looked(_next(told, made.keep), made.steps, RunFacts(now, opened.api), json_text.dump(told))


def _or_refused(make: MakeStage, task: StageTask) -> MadeStage | None:
    try:
        return make(task)
    except Busy:
        raise
    except Refusal as refused:
        return MadeStage(StageResult(StageStatus.FAIL, refused.what, refused.why, refused.do, who=refused.who))


def _next(told: StageResult, keep: Mapping[str, str]) -> NextStage:
    stage = BY_CODE[told.code]
    if told.status is StageStatus.FAIL and stage.is_needed_by_rest:
        return NextStage("", f"Stopped: {stage.title}")
    following = after(told.code)
    return NextStage(following, BY_CODE[following].title if following else "Done", keep)


def _stage_of(run: RunRecord) -> str:
    return run.kept.get("stage", STAGES[0].code)


def _own(actor: Actor, run_id: str, right: str) -> RunRecord:
    """The run, if it is a preflight; NotFound as the store gives it."""
    run = run_store.get(actor, run_id, "use" if right == "use" else "view").value
    if run.kind != KIND:
        raise NotFound("There is no such preflight.")
    return run


def _going_on(opened: OpenProfile, call: ApiCall, now: int) -> RunRecord | None:
    found = run_store.newest_of_profile(opened.actor, opened.profile.id, KIND)
    for one in found:
        run = one.value
        is_same = run.connection_id == opened.connection_id and one.is_own and call_of(run.kept) == call
        if is_same and not run.is_done and now - run.created_at < SAME_CLICK_S:
            return run
    return None


def _sendable(opened: OpenProfile, call: ApiCall) -> ApiCall:
    """The call with its variables filled in; one that could never be sent is refused before anything is."""
    filled = variables.filled_call(opened, call)
    if isinstance(filled, CallProblem):
        raise _unsendable(filled)
    url = call_url(opened.api.base_url if opened.api else "", filled.path, filled.query)
    if isinstance(url, CallProblem):
        raise _unsendable(url)
    return filled


def _unsendable(found: CallProblem) -> NotAllowed:
    return NotAllowed("This call cannot be sent.", why=found.what, do=found.do, who="You can do this.")


def _audit(opened: OpenProfile, detail: str, *, now: int) -> None:
    audit.append(
        opened.actor,
        Action.PREFLIGHT_BEGAN,
        object_kind="profile",
        object_id=opened.profile.id,
        result="began",
        now=now,
        detail=detail,
    )
