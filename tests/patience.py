"""How long a test waits for an event that must come. A slow or busy machine is no failure; an event that stays away is.

Nothing here waits so long by itself: what a test waits for is told by an event, and counted, never timed.
"""

import re
from typing import Any

LONG_S = 300


def wait_long(options: dict[str, Any], wait_s: int = LONG_S) -> None:
    """Has a process of tests wait for its database: for SQLite, for a place in the pool, for another's lock.

    The console itself would rather say after two seconds that it is busy. A statement, and a test between two of them,
    may take as long as the machine likes; one that waits for a lock is told as such, before.
    """
    if "pool" not in options:
        options["timeout"] = wait_s
        return
    options["pool"] = {**options["pool"], "timeout": wait_s}
    for name, timeout_s in {"lock": wait_s, "statement": LONG_S + wait_s, "session": LONG_S + wait_s}.items():
        options["options"] = re.sub(rf"{name}_timeout=\d+s", f"{name}_timeout={timeout_s}s", options["options"])


def finish(*threads):
    """Waits until these threads have ended; one that does not end is the failure, not what it left undone."""
    for thread in threads:
        thread.join(LONG_S)
    assert [thread.name for thread in threads if thread.is_alive()] == []
