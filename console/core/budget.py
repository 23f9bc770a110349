"""How much one person may ask of the console: a token bucket, kept as one moment (GCRA, ITU-T I.371 annex A).

The moment is when everything taken so far will have been earned back. Nothing here reads a clock: moments are epoch
microseconds, and come in as arguments.
"""

from dataclasses import dataclass
from enum import StrEnum

SECOND_US = 1_000_000


class Work(StrEnum):
    """What is counted, each in its own unit."""

    CALL = "call"  # requests that may leave the console: calls, tokens, keys, metadata
    KEY_FILE = "key file"  # files opened by a child process
    KEPT = "kept"  # bytes of history, cases, profiles and APIs
    LOOK_UP = "look-up"  # people and groups asked for by a name that nobody has
    MAIL = "mail"  # mails that others get for what somebody did with a case
    PROCESSOR = "processor"  # milliseconds of processor time that requests took


@dataclass(frozen=True, slots=True)
class Allowance:
    """`units` are earned within `period_s` seconds; at most `burst` units can be taken at once."""

    units: int
    period_s: int
    burst: int

    def earned_in_us(self, units: int) -> int:
        """Microseconds in which so many units are earned."""
        return units * self.period_s * SECOND_US // self.units

    def latest_us(self, now_us: int, units: int) -> int:
        """The latest moment of a bucket from which so many units can be taken now; at most the burst is asked for."""
        return now_us + self.earned_in_us(self.burst) - self.earned_in_us(min(units, self.burst))


def after_taking(allowance: Allowance, spent_until_us: int, *, now_us: int, units: int) -> int:
    """The bucket's moment once so many units are taken, whether they were there or not."""
    return max(spent_until_us, now_us) + allowance.earned_in_us(units)


def wait_s(allowance: Allowance, spent_until_us: int, *, now_us: int, units: int = 1) -> int:
    """Whole seconds until so many units can be taken, rounded up; 0 when they can be now."""
    missing_us = spent_until_us - allowance.latest_us(now_us, units)
    return max(0, -(-missing_us // SECOND_US))
