"""Tasks that wait in the database, and one worker that does them when a test says so."""

import pytest
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from console.management import task_loop
from console.management.task_loop import TaskLoop

IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def queued(settings, monkeypatch):
    """Tasks wait in the database. A worker's way to renew connections would end the transaction of the test."""
    settings.TASKS = IN_DATABASE
    for module in (db_worker, task_loop):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


def work_off(name="a worker"):
    """Does what waits, and the tick where one is due; gives the names of what was done, oldest first."""
    before = set(DBTaskResult.objects.finished().values_list("pk", flat=True))
    TaskLoop(name).turn()
    done = DBTaskResult.objects.finished().exclude(pk__in=before).order_by("finished_at")
    return [path.rpartition(".")[2] for path in done.values_list("task_path", flat=True)]


def waiting():
    """The names of what waits."""
    return sorted(path.rpartition(".")[2] for path in DBTaskResult.objects.ready().values_list("task_path", flat=True))
