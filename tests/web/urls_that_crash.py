"""The console's addresses and some whose views have a bug."""

from django.urls import path
from django.views.decorators.debug import sensitive_variables

from console.core.credential import Secret
from console.urls import handler400, handler403, handler404, handler500
from console.urls import urlpatterns as addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def _crash(request):
    raise ValueError("canary")


def _crash_while_holding(request):
    secret = Secret(request.POST["secret"])
    plain = secret.reveal()
    raise LookupError(f"{secret!r} {request!r} {len(plain)}")


@sensitive_variables()
def _crash_while_telling(request):
    raise ValueError(f"Authorization: Bearer {request.POST['token']} client_secret={request.POST['secret']}")


urlpatterns = [
    path("crash/", _crash),
    path("crash/holding/", _crash_while_holding),
    path("crash/telling/", _crash_while_telling),
    *addresses,
]
