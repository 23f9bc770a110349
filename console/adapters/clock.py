"""The only reader of the clock; everybody else is given `now`."""

import time


def now() -> int:
    """Seconds since the epoch, whole."""
    return int(time.time())


def now_exact() -> float:
    """Seconds since the epoch, with fractions."""
    return time.time()


def monotonic() -> float:
    """Seconds of a clock that never goes back: for durations and deadlines only."""
    return time.monotonic()
