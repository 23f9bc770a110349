"""Whether the database answers, can be written, and has the tables of this version; and how a failure of it is read."""

from secrets import token_hex

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error, InterfaceError, OperationalError

from console.models import Heartbeat
from console.store.database_fault import FaultKind

FILLER_BYTES = 8_192  # as hex more than a page, and random: no database compresses it
# Primary result codes of SQLite (sqlite.org/rescode.html).
_SQLITE = {
    3: FaultKind.READ_ONLY,
    5: FaultKind.BUSY,
    6: FaultKind.BUSY,
    7: FaultKind.UNREACHABLE,
    8: FaultKind.READ_ONLY,
    10: FaultKind.DAMAGED,
    11: FaultKind.DAMAGED,
    13: FaultKind.FULL,
    14: FaultKind.UNREACHABLE,
    15: FaultKind.BUSY,
    26: FaultKind.DAMAGED,
}
# SQLSTATE classes and codes of PostgreSQL (its manual, appendix A); the longest that fits decides.
_POSTGRESQL = {
    "08": FaultKind.UNREACHABLE,
    "25006": FaultKind.READ_ONLY,
    "40": FaultKind.BUSY,
    "53": FaultKind.UNREACHABLE,
    "53100": FaultKind.FULL,
    "55P03": FaultKind.BUSY,
    "57": FaultKind.UNREACHABLE,
    "57014": FaultKind.BUSY,
    "58": FaultKind.DAMAGED,
    "XX001": FaultKind.DAMAGED,
    "XX002": FaultKind.DAMAGED,
}


def fault_of(problem: BaseException | None) -> FaultKind | None:
    """What failed, when it is the database that failed; None for anything else, a mistake in a query included."""
    if not isinstance(problem, Error):
        return None
    cause = problem.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((_POSTGRESQL[state[:size]] for size in (5, 2) if state[:size] in _POSTGRESQL), None)
    # Without a code nobody answered: no connection, a broken one, or none free in the pool. Else the code is ours.
    is_connection = isinstance(problem, OperationalError | InterfaceError) and connection.vendor == "postgresql"
    return FaultKind.UNREACHABLE if is_connection else None


def answers() -> bool:
    """Whether the simplest question gets an answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def beat(*, now: int) -> bool:
    """Writes a row that needs new space, then removes the one before: False when the database cannot be written."""
    try:
        with transaction.atomic():
            newest = Heartbeat.objects.create(beat_at=now, filler=token_hex(FILLER_BYTES))
            Heartbeat.objects.filter(id__lt=newest.pk).delete()
    except Error:
        return False
    return True


def is_migrated() -> bool:
    """False when migrations wait, or when nobody answers."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False
