"""Whether the database answers and has the tables that this version needs."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def is_database_ready() -> bool:
    """False when it cannot be reached, or when migrations wait."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
