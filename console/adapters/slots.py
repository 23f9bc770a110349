"""How much goes on at once in this process, and how much of it for one person. Nobody waits here: yes or no at once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Slots:
    """`total` places, of which one share (a person's) may hold `each`.

    Who holds one already leaves the last one to the others. What is held counts for everything that is done inside,
    in the same thread: the steps of one piece of work need one place together.
    """

    def __init__(self, total: int, *, each: int) -> None:
        self.total, self.each = total, each
        self._held: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._here = threading.local()  # `shares`: those held by this thread

    @contextmanager
    def hold(self, share: str) -> Iterator[bool]:
        """True while a place is held for that share; False at once, and none held, when there is none for it."""
        here: set[str] = self._here.__dict__.setdefault("shares", set())
        if share in here:
            yield True
            return
        if not self._take(share):
            yield False
            return
        here.add(share)
        try:
            yield True
        finally:
            here.discard(share)
            self._give_back(share)

    @property
    def free(self) -> int:
        with self._lock:
            return self.total - self._held.total()

    def _take(self, share: str) -> bool:
        with self._lock:
            mine, free = self._held[share], self.total - self._held.total()
            if mine >= self.each or free < (2 if mine else 1):
                return False
            self._held[share] += 1
            return True

    def _give_back(self, share: str) -> None:
        with self._lock:
            self._held[share] -= 1
            if not self._held[share]:
                del self._held[share]


OUTGOING = Slots(4, each=2)  # requests to far sides; the process' other threads keep answering pages
KEY_READERS = Slots(2, each=1)  # child processes that open key files
THINKERS = Slots(4, each=2)  # what keeps the processor for long: long pastes, policies, large evidence
