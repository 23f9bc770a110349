"""Where a person lands: the page their role works on."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from console.core.actor import Role
from console.core.errors import Misconfigured
from console.services import apis, demo, health, people, practice, sandbox
from console.services import home as homes
from console.web.partials import render
from console.web.present.breaking import fault_choices
from console.web.present.condition import parts_of
from console.web.present.home import declined_rows, home_view, waiting_rows
from console.web.present.sandbox import active_fault
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Support works on cases; everybody else sees how their profiles stand."""
    if request.actor.roles == {Role.SUPPORT}:
        return redirect("cases")
    found = homes.of_actor(request.actor)
    home = home_view(found)
    active = _active_fault(request) if home["sample"] else None
    context = {
        "home": home,
        "has_sandbox": settings.CONSOLE_SANDBOX,
        "fault": active_fault(active),
        "fault_groups": _fitting_faults(home["sample"], active) if active is not None else [],
        "waiting": [*declined_rows(found.declined, request.now), *_waiting(request)],
        "parts": parts_of(health.of_console(request.actor)) if request.actor.has(Role.ADMIN) else [],
    }
    return render(request, "home/index.html", context)


@require_POST
def samples(request: ActorRequest) -> HttpResponse:
    """Adds the sandbox's sample profiles to the actor's own."""
    count = demo.add_samples(request.actor)
    messages.success(request, f"{count} sample profiles are added. Open one and get a token.")
    return redirect("start")


def _active_fault(request: ActorRequest) -> str | None:
    """The code of the fault that is switched on, "" for none; None where the sandbox cannot be opened."""
    try:
        return sandbox.workspace(request.actor).state.fault or ""
    except Misconfigured:  # the sample's own page and the sandbox's say why nothing can be practised
        return None


def _fitting_faults(sample: dict[str, Any], active: str) -> list[dict[str, Any]]:
    """The faults that show with the sample."""
    return fault_choices(practice.of_sample(sample["profile"]), active or None)


def _waiting(request: ActorRequest) -> list[dict[str, str]]:
    """What an administrator is waited for."""
    if not request.actor.has(Role.ADMIN):
        return []
    without = [person for person in people.list_people(request.actor) if not person.roles]
    return waiting_rows(apis.waiting(request.actor), without, request.now)
