"""The whole console as one WSGI application, as every server runs it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from console.web.sandbox_endpoints import SandboxFirst

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ROOM = 40_000  # places of 8 bytes


def application() -> Application:
    """Loads settings and apps, once; call it where the server starts, never at import elsewhere."""
    return with_room(SandboxFirst(get_wsgi_application()))


def with_room(inner: Application) -> Application:
    """The same application, whose calls find memory at once.

    CPython takes memory for calls in pieces of 16 kB and gives a piece back as soon as it is left, so a loop that
    stands at the edge of one asks the system for memory at every turn: hundreds of times a page, where the depth of the
    calls happens to lead there. A call that claims a large piece (512 kB, of which four pages are ever touched) leaves
    room behind it for all calls of a request, and gives it back at its end.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return inner(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=ROOM)
    return answer
