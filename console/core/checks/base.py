"""One rule, one answer. A check reads a Context and gives a Finding; it never raises for what the world
sent."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from msgspec import Struct

from console.core.api import Expectation
from console.core.owner import Owner
from console.core.tokens.signature import SignatureResult
from console.core.tokens.token import Token


class Status(StrEnum):
    PASS = "pass"
    NOTICE = "notice"
    WARNING = "warning"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at. `now` is epoch seconds."""

    token: Token
    expectation: Expectation
    signature: SignatureResult
    now: int


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


@dataclass(frozen=True, slots=True)
class Check:
    """`source` is the specification section; `why` says why the rule exists."""

    code: str
    title: str
    source: str
    why: str
    run: Callable[[Context], Finding]


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


def unreadable(context: Context) -> Finding | None:
    """The finding of every check that reads claims, when there are none to read; None when there are."""
    if context.token.claims is not None:
        return None
    return unknown("The claims of the token cannot be read.", missing="a token with readable claims")
