"""The counters of allauth's limits, in the database: each one that still counts stays, and a fault is no limit."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router
from django.db.backends.utils import CursorWrapper

from console.store import condition


class TellsFaults(DatabaseCache):
    """Raises where Django's own gives False for a database that is locked, full or gone.

    allauth takes that False for a busy counter, and tells people who sign in that they tried too often.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = None) -> bool:
        faults: list[DatabaseError] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            try:
                return execute(sql, params, many, context)
            except DatabaseError as problem:
                faults.extend([problem] if condition.fault_of(problem) else [])
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(note):
            is_kept = bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]  # Django's own, untyped
        if faults and not is_kept:
            raise faults[0]
        return is_kept

    def _cull(self, db: str, cursor: CursorWrapper, now: datetime, num: int) -> None:  # noqa: ARG002 (Django's signature)
        """By 0 entries: of a full table what is over goes, and nothing else.

        Django's own drops a third of what is alive, in the order of the keys: whoever can make entries lifts a lock.
        """
        super()._cull(db, cursor, now, 0)  # type: ignore[misc]  # Django's own, untyped
