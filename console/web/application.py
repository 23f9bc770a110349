"""The whole console as one WSGI application, as every server runs it."""

from django.core.wsgi import get_wsgi_application

from console.web.sandbox_endpoints import SandboxFirst


def application() -> SandboxFirst:
    """Loads settings and apps, once; call it where the server starts, never at import elsewhere."""
    return SandboxFirst(get_wsgi_application())
