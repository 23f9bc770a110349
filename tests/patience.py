"""How long a test waits for an event that must come. A slow or busy machine is no failure; an event that stays away is.

Nothing here waits so long by itself: what a test waits for is told by an event, and counted, never timed.
"""

LONG_S = 300


def finish(*threads):
    """Waits until these threads have ended; one that does not end is the failure, not what it left undone."""
    for thread in threads:
        thread.join(LONG_S)
    assert [thread.name for thread in threads if thread.is_alive()] == []
