"""What Django is told of the database: how long anything waits for it, and what each of the two kinds needs."""

from typing import Any


def complete(database: dict[str, Any], *, wait_s: int, pool_size: int) -> dict[str, Any]:
    """The settings of a parsed DATABASE_URL with ours. A request waits `wait_s` seconds, then says that it did."""
    if database["ENGINE"].endswith("sqlite3"):
        return {
            **database,
            "ENGINE": "console.store.sqlite3",
            "CONN_MAX_AGE": None,  # opening the file anew costs more than a whole page's queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # with the default, most concurrent read-then-write transactions fail
                "timeout": wait_s,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
            },
        }
    options = f"-c lock_timeout={wait_s}s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
    return {
        **database,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **database.get("OPTIONS", {}),
            "connect_timeout": wait_s,
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": wait_s},
            "options": options,
        },
    }
