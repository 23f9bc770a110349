"""One answer of one rule, and the short ways to give it: pass, notice, warning, fail, unknown, not applicable."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from console.core.owner import Owner


class Status(StrEnum):
    PASS = "pass"
    NOTICE = "notice"
    WARNING = "warning"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    CRASHED = "crashed"


class Finding(Struct, frozen=True):
    """Four sentences (what, why, do, who) and both sides of a mismatch. `check` and `source` are filled by
    the runner.

    `expected` and `actual` are plain JSON values, None when there is nothing to compare. A Struct and no dataclass:
    making two frozen dataclasses for each check took longer than everything the checks look at.
    """

    status: Status
    what: str
    why: str = ""
    do: str = ""
    who: Owner | None = None
    expected: Any = None
    actual: Any = None
    check: str = ""
    source: str = ""


def passed(what: str, *, actual: Any = None, expected: Any = None) -> Finding:
    return Finding(Status.PASS, what, actual=actual, expected=expected)


def notice(what: str, *, why: str = "", do: str = "", who: Owner | None = None, actual: Any = None) -> Finding:
    return Finding(Status.NOTICE, what, why, do, who, actual=actual)


def warn(what: str, *, why: str, do: str, who: Owner, expected: Any = None, actual: Any = None) -> Finding:
    return Finding(Status.WARNING, what, why, do, who, expected, actual)


def fail(what: str, *, why: str, do: str, who: Owner, expected: Any = None, actual: Any = None) -> Finding:
    return Finding(Status.FAIL, what, why, do, who, expected, actual)


def unknown(what: str, *, missing: str, actual: Any = None) -> Finding:
    """`missing` names the evidence that would decide."""
    return Finding(Status.UNKNOWN, what, f"To decide this, {missing} is needed.", actual=actual)


def not_applicable(what: str) -> Finding:
    return Finding(Status.NOT_APPLICABLE, what)
