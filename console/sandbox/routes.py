"""What answers a request to the sandbox: each played provider lists its addresses, the handler goes through them.

A provider that is added has a folder with `ROUTES`, and one line in `handler.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from console.core.exchange import Failure, Request, Response
from console.sandbox.faults.base import Fault
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import State
from console.sandbox.urls import RequestAddress

Answered = tuple[Response | Failure, State]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with all that is needed to answer it; `world` is the state as the active fault makes it look.

    `world.entropy` is fresh for each request. `bases` are further bases under which the same workspace is served.
    """

    request: Request
    address: RequestAddress
    world: State
    keys: SandboxKeys
    now: int
    fault: Fault | None
    bases: tuple[str, ...]

    def fault_of(self, provider: str) -> Fault | None:
        """The active fault where it is this provider's."""
        return self.fault if self.fault is not None and self.fault.provider == provider else None

    @property
    def console(self) -> str:
        """The address of the console that serves this request, without a slash at its end."""
        return self.address.base.rpartition("/sandbox/")[0]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is matched with the whole path below the workspace; its named groups are handed on as found."""

    pattern: re.Pattern[str]
    answer: Callable[[Visit, "re.Match[str]"], Answered]


def route(pattern: str, answer: Callable[[Visit, "re.Match[str]"], Answered]) -> Route:
    return Route(re.compile(pattern), answer)
