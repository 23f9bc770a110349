"""The console's addresses and one whose view has a bug."""

from django.urls import path

from console.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


def _crash(request):
    raise ValueError("canary")


urlpatterns = [path("crash/", _crash), *urlpatterns]
