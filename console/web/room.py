"""Room for calls: what a server runs costs the same at whatever depth it is called."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
ROOM = 40_000  # places of 8 bytes


def with_room(inner: Callable[Given, Result]) -> Callable[Given, Result]:
    """The same function, whose calls find memory at once: a server's thread, or the application where it has none.

    CPython takes memory for calls in pieces of 16 kB and gives a piece back as soon as it is left, so a loop that
    stands at the edge of one asks the system for memory at every turn: hundreds of times a page, where the depth of the
    calls happens to lead there. A call that claims a large piece (512 kB, of which four pages are ever touched) leaves
    room behind it for all calls below it, and gives it back at its end.
    """

    def roomy(*given: Given.args, **named: Given.kwargs) -> Result:
        return inner(*given, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=ROOM)
    return roomy
