"""The heartbeat of a profile: what is measured again and again becomes up or down, as uptime monitors say it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
PAUSES_S = (15 * MINUTE_S, HOUR_S, 6 * HOUR_S, DAY_S)
FAILURES = 2  # in a row turn it red: one may be a hiccup of the network
CONFIRM_S = 2 * MINUTE_S  # after a first failure it is looked again so soon
LATE_S = 15 * MINUTE_S  # how late one may be before nobody knows any more how it stands
SHOWN = 30


class HeartbeatState(StrEnum):
    """The value is what is stored."""

    UNKNOWN = "unknown"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Measured:
    """One heartbeat. `stage` is the code of the preflight's stage that failed, `words` what was wrong, "" for nothing.

    `at` is epoch seconds; `run_id` the preflight, None when it is deleted.
    """

    at: int
    is_good: bool
    took_s: int
    stage: str = ""
    words: str = ""
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands since when; `failures` counts those in a row, `last_at` is None before the first. Epoch seconds."""

    state: HeartbeatState
    since: int
    failures: int = 0
    last_at: int | None = None


@dataclass(frozen=True, slots=True)
class MeasuredShare:
    """How many of the heartbeats that were measured were good. What was not measured is in neither number."""

    good: int
    measured: int

    @property
    def words(self) -> str:
        """ "99.3 %", rounded so that 100 means all; "not measured"."""
        if not self.measured:
            return "not measured"
        percent = 100 * self.good / self.measured
        shown = f"{percent:.1f}".removesuffix(".0")
        return f"{'99.9' if shown == '100' and self.good < self.measured else shown} %"


@dataclass(frozen=True, slots=True)
class Bar:
    """One in the row of bars; `measured` is None for a time in which nobody looked."""

    measured: Measured | None


def begun(now: int) -> Standing:
    """How it stands when it is switched on."""
    return Standing(HeartbeatState.UNKNOWN, now)


def after(before: Standing, one: Measured, *, every_s: int) -> Standing:
    """How it stands after one more. It turns red with the second failure in a row, and green with the first success.

    A failure before a time in which nobody looked is none in a row.
    """
    had_gap = before.last_at is not None and one.at - before.last_at > every_s + LATE_S
    if one.is_good:
        is_on = before.state is HeartbeatState.UP and not had_gap
        return Standing(HeartbeatState.UP, before.since if is_on else one.at, 0, one.at)
    failures = 1 if had_gap else before.failures + 1
    if before.state is HeartbeatState.DOWN:
        return replace(before, failures=failures, last_at=one.at)
    if failures < FAILURES:
        return replace(before, failures=failures, last_at=one.at)
    return Standing(HeartbeatState.DOWN, one.at, failures, one.at)


def has_turned(before: Standing, now: Standing) -> bool:
    """Whether people are to hear of it: it is down now, or up again. The first success is no news."""
    if now.state is before.state:
        return False
    return HeartbeatState.DOWN in (now.state, before.state)


def next_at(now: Standing, *, at: int, every_s: int) -> int:
    """When the next one is due: soon after a first failure, to confirm it."""
    is_doubtful = 0 < now.failures < FAILURES and now.state is not HeartbeatState.DOWN
    return at + (min(CONFIRM_S, every_s) if is_doubtful else every_s)


def shown_state(standing: Standing, *, every_s: int, now: int) -> HeartbeatState:
    """The state, unless nobody has looked for too long to know it."""
    if standing.last_at is None or now - standing.last_at > every_s + LATE_S:
        return HeartbeatState.UNKNOWN
    return standing.state


def bars(newest_first: Sequence[Measured], *, every_s: int, now: int) -> list[Bar]:
    """The newest SHOWN, oldest first; a time in which nobody looked is one bar more."""
    shown: list[Bar] = []
    before: int | None = None
    for one in reversed(newest_first[:SHOWN]):
        if before is not None and one.at - before > every_s + LATE_S:
            shown.append(Bar(None))
        shown.append(Bar(one))
        before = one.at
    if before is not None and now - before > every_s + LATE_S:
        shown.append(Bar(None))
    return shown[-SHOWN:]
