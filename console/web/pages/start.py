"""Where a person lands: the page their role works on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from console.core.actor import Role
from console.services import demo
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    is_only_support = request.actor.roles == {Role.SUPPORT}
    return redirect("cases" if is_only_support else "profiles")


@require_POST
def samples(request: ActorRequest) -> HttpResponse:
    """Adds the sandbox's sample profiles to the actor's own."""
    count = demo.add_samples(request.actor)
    messages.success(request, f"{count} sample profiles are added. Open one and get a token.")
    return redirect("profiles")
