"""Work is counted, not timed."""

import sys
from collections import Counter
from collections.abc import Callable


def calls_of(function: Callable[[], object]) -> int:
    """How many functions, built in or not, running this one calls."""
    counted: Counter[str] = Counter()

    def count(_frame, event, _argument):
        counted[event] += 1

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return counted["call"] + counted["c_call"]
