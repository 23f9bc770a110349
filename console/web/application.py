"""The whole console as one WSGI application, as every server runs it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from console.web.sandbox_endpoints import SandboxFirst

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application() -> Application:
    """Loads settings and apps, once; call it where the server starts, never at import elsewhere."""
    return SandboxFirst(get_wsgi_application())
