"""The whole console as one WSGI application, as every server runs it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from console.web.sandbox_endpoints import SandboxFirst

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ROOM = 40_000  # places of 8 bytes


def application() -> Application:
    """Loads settings and apps, once; call it where the server starts, never at import elsewhere."""
    inner = SandboxFirst(get_wsgi_application())

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return inner(environ, start_response)

    # CPython takes memory for calls in pieces of 16 kB and gives a piece back as soon as it is left, so a template's
    # loop at the edge of one asks the system for memory a hundred times a page. A call that claims a large piece (which
    # is touched by nobody, hence not used) leaves room behind it for all calls of a request.
    answer.__code__ = answer.__code__.replace(co_stacksize=ROOM)
    return answer
