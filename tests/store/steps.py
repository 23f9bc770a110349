"""The migrations one by one, as a database of an earlier version takes them: not by the one that stands for many."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def migrate_to(step: str) -> None:
    """The console's tables as they were after that step."""
    _executor().migrate([("console", step)])


def migrate_to_newest(app: str | None = "console") -> None:
    """That app's newest state, every app's for None."""
    executor = _executor()
    executor.migrate(executor.loader.graph.leaf_nodes(app))


class _Steps(MigrationLoader):
    """Knows nothing of what stands for others, also where it is what was applied."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {key: one for key, one in self.disk_migrations.items() if not one.replaces}


def _executor() -> Any:
    executor = MigrationExecutor(connection)
    executor.loader = _Steps(connection, replace_migrations=False)
    return executor
