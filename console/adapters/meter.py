"""Budgets of this process alone, in memory: for what is counted at every request, where a query would cost too much."""

import threading

from console.core.budget import Allowance, after_taking, wait_s

SWEPT_AT = 1000  # shares: beyond it the full buckets are dropped


class Meter:
    """A bucket for each share (a person, say). An unknown share has a full one."""

    def __init__(self) -> None:
        self._spent_until_us: dict[str, int] = {}
        self._lock = threading.Lock()

    def seconds_until_any(self, share: str, allowance: Allowance, *, now_us: int) -> int:
        """Seconds until one unit is there; 0 when there is one now."""
        return wait_s(allowance, self._spent_until_us.get(share, 0), now_us=now_us)

    def charge(self, share: str, allowance: Allowance, *, now_us: int, units: int) -> None:
        with self._lock:
            spent_until_us = self._spent_until_us.get(share, 0)
            self._spent_until_us[share] = after_taking(allowance, spent_until_us, now_us=now_us, units=units)
            if len(self._spent_until_us) > SWEPT_AT:
                self._spent_until_us = {name: end for name, end in self._spent_until_us.items() if end > now_us}
