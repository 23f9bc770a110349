"""The migrations one by one, as a database of an earlier version takes them: not by the one that stands for many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def migrate_to(step: str) -> None:
    """The console's tables as they were after that step."""
    with _each_class_by_itself():
        _executor().migrate([("console", step)])


def migrate_to_newest(app: str | None = "console") -> None:
    """That app's newest state, every app's for None."""
    executor = _executor()
    with _each_class_by_itself():
        executor.migrate(executor.loader.graph.leaf_nodes(app))


@contextmanager
def _each_class_by_itself() -> Iterator[None]:
    """A column more makes the class of its table anew, and none of the fifty that are related to it somehow.

    Django makes all of these for each operation, which is nine tenths of a walk; tables are made and changed by what
    stands in one class. What asks rows on the way forward (RunPython) gets all anew: that is what `is_delayed` means.
    """

    def alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    with patch.object(ProjectState, "_find_reload_model", alone):
        yield


class _Steps(MigrationLoader):
    """Knows nothing of what stands for others, also where it is what was applied."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {key: one for key, one in self.disk_migrations.items() if not one.replaces}


def _executor() -> Any:
    executor = MigrationExecutor(connection)
    executor.loader = _Steps(connection, replace_migrations=False)
    return executor
