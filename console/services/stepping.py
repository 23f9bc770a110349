"""A run that takes one step a look, taken on for as long as somebody waits: a page, a task or a command."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from console.adapters import clock
from console.core.errors import Busy
from console.store.runs import RunRecord

PAGE_S = 8  # that a page may go on before it answers

R = TypeVar("R")
Step = Callable[[], RunRecord]
Results = Callable[[RunRecord], Sequence[R]]


def page_until_s() -> float:
    """Until when (of the monotonic clock) a person waits for one answer of a page."""
    return clock.monotonic() + PAGE_S


def go_on(
    run: RunRecord, step: Step, results: Results[R], *, until_s: float, told: Callable[[R], None] | None
) -> RunRecord:
    """Step after step, until the run is done, has to wait, or `until_s` (of the monotonic clock) has come.

    `told` is called with each result as it comes. Raises what a step raises.
    """
    count = len(results(run))
    while not run.is_done:
        after_it = step()
        has_moved = after_it.version != run.version
        run, before = after_it, count
        made = results(run) if has_moved else ()
        count = max(count, len(made))
        if told is not None and count > before:
            told(made[-1])
        if not has_moved or clock.monotonic() >= until_s:
            break
    return run


def to_the_end(
    going_on: Step,
    *,
    ends_at: float,
    wait: Callable[[float], None] | None,
    due_s: Callable[[], float] = lambda: 1.0,
) -> None:
    """Goes on until the run is done or `ends_at` (of the monotonic clock) has come.

    `wait` pauses for so many seconds: `due_s` while the run has to wait, or what the person's work budget asks for.
    Without one that is left to whoever looks next. Raises Busy where there is no time left to wait.
    """
    while True:
        pause: float = 0
        try:
            is_done = going_on().is_done
        except Busy as busy:
            if wait is None or clock.monotonic() + busy.wait_s >= ends_at:
                raise
            is_done, pause = False, busy.wait_s
        if is_done or wait is None or clock.monotonic() >= ends_at:
            return
        wait(pause or due_s())
