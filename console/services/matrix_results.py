"""What is kept of the matrices of a profile, read back."""

from dataclasses import dataclass, replace

from console.core.actor import Actor
from console.core.errors import NotFound
from console.core.held import Held
from console.core.matrix.base import MatrixRow
from console.core.matrix.result import MatrixResult
from console.core.profile import Profile
from console.core.runs import matrix as kind
from console.services import profiles
from console.services.opening import OpenProfile
from console.services.preflight_stage import call_of, named
from console.store import json_text
from console.store import runs as run_store
from console.store.runs import RunRecord

KIND = kind.KIND.code
LISTED = 10
MOST_PROFILES, MOST_RUNS = 20, 60  # of one Api that its page lists, and looks through
CHOSEN = "chosen"  # under which a run keeps the codes of its variants


@dataclass(frozen=True, slots=True)
class KeptStep:
    """What a step leaves to be shown: its row, None for the step that only ends a run, and what the run is about."""

    row: MatrixRow | None
    chosen: tuple[str, ...]
    call: str


def newest(opened: OpenProfile, *, limit: int = LISTED) -> list[Held[MatrixResult]]:
    """What was found last with a profile, newest first; those that go on among them."""
    found = run_store.newest_of_profile(opened.actor, opened.profile.id, KIND, limit=limit + 1)
    results = [_result_of(one.value, opened.profile.name) for one in found]
    return [
        Held(replace(result, before=_before(results[number + 1 :])), one.rights, one.is_own, one.owner)
        for number, (one, result) in enumerate(zip(found, results, strict=True))
    ][:limit]


def of_api(actor: Actor, api_id: str) -> list[tuple[Profile, Held[MatrixResult] | None]]:
    """The profiles of an Api that the actor may use, each with what was found last, None where nothing was tried."""
    usable = [one.value for one in profiles.list_held(actor) if one.value.api_id == api_id and one.may("use")]
    found = run_store.newest_of_profiles(actor, [one.id for one in usable[:MOST_PROFILES]], KIND, limit=MOST_RUNS)
    by_id = {one.value.profile_id: one for one in found}
    return [(one, _held(by_id[one.id], one.name) if one.id in by_id else None) for one in usable[:MOST_PROFILES]]


def _held(one: Held[RunRecord], name: str) -> Held[MatrixResult]:
    return Held(_result_of(one.value, name), one.rights, one.is_own, one.owner)


def of_run(opened: OpenProfile, run_id: str) -> Held[MatrixResult]:
    """One run of this profile, as `newest` gives them; an older one without what came before it. Raises NotFound."""
    listed = next((one for one in newest(opened) if one.value.run_id == run_id), None)
    if listed is not None:
        return listed
    held = run_store.get(opened.actor, run_id)
    if held.value.kind != KIND or held.value.profile_id != opened.profile.id:
        raise NotFound("There is no such matrix of this profile.")
    return _held(held, opened.profile.name)


def _before(older: list[MatrixResult]) -> dict[str, MatrixRow]:
    last = next((one for one in older if one.is_done and one.rows), None)
    return {row.code: row for row in last.rows} if last else {}


def _result_of(run: RunRecord, profile: str) -> MatrixResult:
    steps = steps_of(run)
    return MatrixResult(
        run_id=run.id,
        profile_id=run.profile_id or "",
        profile=profile,
        call=steps[-1].call if steps else named(call_of(run.kept)),
        chosen=steps[-1].chosen if steps else chosen_of(run),
        rows=tuple(step.row for step in steps if step.row is not None),
        is_done=run.is_done,
        began_at=run.created_at,
        ended_at=run.steps[-1].at if run.is_done and run.steps else None,
        is_stopping=run.is_stopping and not run.is_done,
    )


def steps_of(run: RunRecord) -> tuple[KeptStep, ...]:
    return tuple(json_text.load(step.told, KeptStep) for step in run.steps if step.told)


def rows_of(run: RunRecord) -> tuple[MatrixRow, ...]:
    return tuple(step.row for step in steps_of(run) if step.row is not None)


def chosen_of(run: RunRecord) -> tuple[str, ...]:
    return json_text.load(run.kept.get(CHOSEN, "[]"), tuple[str, ...])
