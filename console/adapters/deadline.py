"""The end of one call: its sockets are shut when its time is over, by one thread that watches over all of them."""

import heapq
import os
import socket
import threading
from contextlib import suppress
from itertools import count

from console.adapters import clock


class Deadline:
    """Ends one call: shuts its sockets when the time is over, from another thread.

    It holds duplicates, because wrapping a socket in TLS detaches the original. Afterwards `is_over` tells, as a shut
    socket can look like the clean end of an answer.
    """

    def __init__(self, seconds: float) -> None:
        self.ends_at = clock.monotonic() + max(0.0, seconds)
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self.is_over = self.is_left = False

    def __enter__(self) -> "Deadline":
        _watch.take(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.is_left = True
        with self._lock:
            for held in self._sockets:
                held.close()
            self._sockets.clear()

    def left_s(self) -> float:
        """Seconds left, never less than a hundredth: a timeout of 0 would mean non-blocking."""
        return max(0.01, self.ends_at - clock.monotonic())

    def watch(self, opened: socket.socket) -> None:
        """Puts a connected socket under the deadline."""
        with self._lock:
            self._sockets.append(opened.dup())
        if self.is_over:
            self.end()

    def end(self) -> None:
        """Its time is over; nothing to do for one that was left before."""
        if self.is_left:
            return
        self.is_over = True
        with self._lock:
            for held in self._sockets:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


class _Watch:
    """The thread, begun with the first deadline of a process: one for each call took a call longer to begin than most
    of what it does. What was left early stays in the row until its time, and nobody is woken for it.
    """

    def __init__(self) -> None:
        self._row: list[tuple[float, int, Deadline]] = []  # a heap: what ends first stands first
        self._numbers = count()  # of two that end at once the one that came first
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def take(self, deadline: Deadline) -> None:
        with self._changed:
            heapq.heappush(self._row, (deadline.ends_at, next(self._numbers), deadline))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif self._row[0][2] is deadline:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            self._next().end()

    def _next(self) -> Deadline:
        """The next one whose time is over, when it is."""
        with self._changed:
            while True:
                wait_s = self._row[0][0] - clock.monotonic() if self._row else None
                if wait_s is not None and wait_s <= 0:
                    return heapq.heappop(self._row)[2]
                self._changed.wait(wait_s)


_watch = _Watch()


def _begin_anew() -> None:
    """In a process that was split off there is no thread, and its lock may be held by one that is not there."""
    global _watch  # noqa: PLW0603 (what the module is for)
    _watch = _Watch()


os.register_at_fork(after_in_child=_begin_anew)
