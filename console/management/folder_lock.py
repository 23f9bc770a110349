"""One start at a time prepares a data folder: two at once would make the same tables, keys and accounts twice."""

import importlib.util
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "preparing.lock"
LOOK_AGAIN_S = 0.2


@contextmanager
def alone_in(folder: Path, *, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the folder's lock; calls `on_wait` once when another process has it, then waits for that one.

    The system lets go of the lock when its holder ends, however it ends. Raises OSError when the folder cannot be
    written.
    """
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(descriptor):
            on_wait()
            while not _take(descriptor):
                time.sleep(LOOK_AGAIN_S)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    if importlib.util.find_spec("fcntl") is None:
        return _take_on_windows(descriptor)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_on_windows(descriptor: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
    except OSError:
        return False
    return True
