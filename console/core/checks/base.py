"""One rule, one answer. A check reads a Context and gives a Finding; it never raises for what the world
sent."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.api import Expectation
from console.core.finding import Finding, unknown
from console.core.tokens.signature import SignatureResult
from console.core.tokens.token import Token


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at. `now` is epoch seconds."""

    token: Token
    expectation: Expectation
    signature: SignatureResult
    now: int


@dataclass(frozen=True, slots=True)
class Check:
    """`source` is the specification section; `why` says why the rule exists."""

    code: str
    title: str
    source: str
    why: str
    run: Callable[[Context], Finding]


def unreadable(context: Context) -> Finding | None:
    """The finding of every check that reads claims, when there are none to read; None when there are."""
    if context.token.claims is not None:
        return None
    return unknown("The claims of the token cannot be read.", missing="a token with readable claims")
