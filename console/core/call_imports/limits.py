"""After how long a tool ends a call, read as whole seconds."""

import re
from math import ceil

LONGEST_S = 86_400  # what waits longer is no limit that anybody meets
_NUMBER = re.compile(r"([0-9]{1,12}(?:\.[0-9]{0,9})?)[ \t]{0,5}(ms|s|m|)")
_UNITS_S = {"ms": 0.001, "s": 1.0, "m": 60.0}


def seconds(text: str, *, unit: str = "s") -> int | None:
    """Rounded up, so that a call never has less than it had there; `unit` is that of a bare number.

    None for what is no number of time, and for 0, which tools read as no limit.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    number = ceil(float(found[1]) * _UNITS_S[found[2] or unit])
    return number if 0 < number <= LONGEST_S else None
