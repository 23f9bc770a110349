"""Health: little for load balancers, to anybody; all of it for administrators."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.services import health
from console.web.partials import render
from console.web.present.condition import heading_of, parts_of
from console.web.request import ActorRequest


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Whether requests can be answered. That nobody does tasks is told, and no reason to send requests elsewhere."""
    part = health.failing_part()
    if part:
        return HttpResponse(f"not ready: {part}\n", content_type="text/plain", status=503)
    idle = health.nobody_works()
    return HttpResponse(f"ready\ntasks: {idle}\n" if idle else "ready\n", content_type="text/plain")


@require_safe
def condition(request: ActorRequest) -> HttpResponse:
    """For administrators: what works, what does not, and what to do."""
    found = health.of_console(request.actor)
    parts = parts_of(found)
    return render(request, "health/condition.html", {"title": heading_of(parts), "parts": parts})
