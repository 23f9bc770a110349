"""Long work that its person left alone goes on: each run that is due is looked at by a task, as its owner would."""

from console.adapters import clock
from console.services import collection_runs, matrix, matrix_results, preflight, runs, tasks
from console.store import due_runs, people

_LOOKS = {
    preflight.KIND: preflight.look,
    matrix_results.KIND: matrix.look,
    collection_runs.KIND: collection_runs.look,
}
AGAIN_S = 60  # after which one that could not go on is looked at again, so that it takes no turn of its owner's others
LONGEST_S = 86_400  # how long after its beginning a run is looked at without anybody asking


def wake_due(now: int) -> int:
    """Enqueues a look at each run that is due; gives how many."""
    return sum(tasks.wake(go_on, run_id) for run_id in due_runs.due(now=now, since=now - LONGEST_S))


@tasks.work
def go_on(run_id: str) -> None:
    """One look, within the rights and the budget of the run's owner; none for a closed account."""
    found = due_runs.owner_of(run_id)
    actor = people.with_account(found.owner_id) if found is not None else None
    if found is None or actor is None:
        return
    try:
        _LOOKS.get(found.kind, runs.look)(actor, run_id)
    finally:
        due_runs.put_off(run_id, found.version, until=clock.now() + AGAIN_S)
