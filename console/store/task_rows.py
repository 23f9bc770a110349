"""The queue of the database's task backend, and the workers that were seen. Each row holds one id, never a secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from console.models import WorkerSeen
from console.store import rows

MOST_TRIES = 3  # of one task, each by a worker that did not come back


@dataclass(frozen=True, slots=True)
class TaskQueue:
    """`waiting` tasks, of which the oldest was to be done at `oldest_at`; `failed` since the moment asked for.

    `seen_at` is when a worker was seen last. Epoch seconds; None where there is none.
    """

    waiting: int
    oldest_at: int | None
    failed: int
    seen_at: int | None


def saw(name: str, *, now: int) -> None:
    """That worker is there."""
    WorkerSeen.objects.update_or_create(name=name, defaults={"seen_at": now})


def has_ready() -> bool:
    """Whether a worker would find something; asked often, so it takes no lock."""
    return DBTaskResult.objects.ready().exists()


def put_back(worker: str) -> int:
    """What that worker began and did not finish waits again: it has ended, or begins anew. Gives how many."""
    return _put_back(_running(), lambda names: names[-1:] == [worker])


def put_back_lost(*, seen_before: int) -> int:
    """What workers that were not seen since then have begun and not finished waits again; gives how many."""
    alive = set(WorkerSeen.objects.filter(seen_at__gte=seen_before).values_list("name", flat=True))
    begun = _running().filter(started_at__lt=datetime.fromtimestamp(seen_before, UTC))
    return _put_back(begun, lambda names: not alive & set(names[-1:]))


def wait_again(task_id: str) -> None:
    """A task whose worker was stopped in the middle of it waits again."""
    DBTaskResult.objects.filter(pk=task_id).update(status=TaskResultStatus.READY, started_at=None, finished_at=None)


def queue(*, since: int) -> TaskQueue:
    """How the queue stands; failures are counted since then."""
    ready = DBTaskResult.objects.ready()
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=datetime.fromtimestamp(since, UTC))
    seen_at = WorkerSeen.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return TaskQueue(ready.count(), int(oldest.timestamp()) if oldest else None, failed.count(), seen_at)


def prune(*, done_before: int, failed_before: int, limit: int) -> int:
    """Deletes at most `limit` tasks that are over since then; gives how many."""
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=datetime.fromtimestamp(done_before, UTC))
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=datetime.fromtimestamp(failed_before, UTC))
    return rows.delete_some(DBTaskResult.objects.filter(done | failed), limit)


def prune_workers(*, before: int, limit: int) -> int:
    """Forgets at most `limit` workers that were not seen since then; gives how many."""
    return rows.delete_some(WorkerSeen.objects.filter(seen_at__lt=before), limit)


def _running() -> "QuerySet[DBTaskResult[..., object]]":
    return DBTaskResult.objects.running()


def _put_back(begun: "QuerySet[DBTaskResult[..., object]]", is_lost: Callable[[list[str]], bool]) -> int:
    lost = [row for row in begun.only("pk", "worker_ids")[: rows.BATCH] if is_lost(row.worker_ids)]
    again = [row.pk for row in lost if len(row.worker_ids) < MOST_TRIES]
    never = [row.pk for row in lost if len(row.worker_ids) >= MOST_TRIES]
    running = _running()
    running.filter(pk__in=never).update(
        status=TaskResultStatus.FAILED,
        finished_at=Now(),
        exception_class_path="lost",
        traceback="Each worker that began it ended before it was done.",
    )
    return running.filter(pk__in=again).update(status=TaskResultStatus.READY, started_at=None)
