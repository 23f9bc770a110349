"""How the work of a pattern grows with its text: a ratio of processor time, never a time."""

import re
import time
from collections import deque
from collections.abc import Callable

LONGER = (1_000, 4_000)
# Small ones first: what grows faster is told apart there, and soon. The last is long enough for what looks through the
# rest of the text by a plain search at every tenth character: at 4,000 a fast machine did that within the floor.
SIZES = (16, 24, 32, 40, 200, 1_000, 8_000)
FLOOR_NS, LINEAR_NS = 1_000_000, 250  # below so much, and so much a character, nothing is told apart
LINEAR, MOST, QUADRATIC = 6.0, 9.0, 13.0  # from N to 4N: 4 when linear, 16 when quadratic
ROUNDS = 3


def worst_growth(run: Callable[[str], object], first: str, repeated: str, *, sizes: tuple[int, ...] = SIZES) -> float:
    """The factor by which the processor time grows from N to 4N; 0.0 when it is too small to be measured.

    `sizes` without the small ones is for work that takes its time for any text.
    """
    worst = 0.0
    for size in sizes:
        text, floor = _text(first, repeated, size), max(FLOOR_NS, LINEAR_NS * size)
        before = _least(run, text, rounds=1)
        if before < floor:
            continue
        if size <= 40 and _least(run, text, rounds=ROUNDS) >= floor:
            return float("inf")  # milliseconds for a few characters
        larger = _text(first, repeated, size * 4)
        growth = _least(run, larger, rounds=1) / before
        worst = max(worst, growth if growth < LINEAR else times_more(run, text, larger))
        if worst > MOST:
            break
    return worst


def times_more(run: Callable[[str], object], small: str, large: str) -> float:
    """Other work beside it makes a time longer, never shorter: both are measured again until the least tell clearly."""
    before = after = float("inf")
    for turn in range(4 * ROUNDS):
        before = min(before, _least(run, small, rounds=ROUNDS))
        after = min(after, _least(run, large, rounds=1))
        if after / before < LINEAR or (turn >= ROUNDS and after / before > QUADRATIC):
            break
    return after / before


def _text(first: str, repeated: str, size: int) -> str:
    """It ends in a character that few patterns want, so that they fail after all the work."""
    return (first + repeated * (size // len(repeated) + 1))[: max(size, len(first) + len(repeated))] + "\0"


def _least(run: Callable[[str], object], text: str, *, rounds: int) -> int:
    times = []
    for _ in range(rounds):
        start = time.thread_time_ns()
        run(text)
        times.append(time.thread_time_ns() - start)
    return min(times)


def runs_of(pattern: re.Pattern, *, is_anchored: bool, is_bytes: bool) -> list[Callable[[str], object]]:
    """The pattern as it is applied: looked for all over a text, or only at its beginning."""
    if is_bytes:
        return [_of_bytes(run) for run in _plain_runs(pattern, is_anchored)]
    return _plain_runs(pattern, is_anchored)


def _of_bytes(run: Callable) -> Callable[[str], object]:
    return lambda text: run(text.encode("latin-1", "replace"))


def _plain_runs(pattern: re.Pattern, is_anchored: bool) -> list[Callable]:
    if is_anchored:
        return [pattern.match, pattern.fullmatch]
    return [lambda text: deque(pattern.finditer(text), maxlen=0)]
