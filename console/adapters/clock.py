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


def now_us() -> int:
    """Microseconds since the epoch."""
    return time.time_ns() // 1000


def processor_ms() -> int:
    """Processor time that this thread has used so far, milliseconds."""
    return time.thread_time_ns() // 1_000_000
