"""Health for load balancers: says little, to anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.services import health


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    part = health.failing_part()
    return HttpResponse(
        f"not ready: {part}\n" if part else "ready\n", content_type="text/plain", status=503 if part else 200
    )
