"""The guided checklist: from a registered API to an answered call, each step by its evidence."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from console.services import apis, checklist, destinations, opening
from console.services.integrators import integrates
from console.web.partials import render
from console.web.present.checklist import Ways, checklist_view, ways_of
from console.web.request import ActorRequest


@require_GET
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = opening.of_profile(request.actor, "view", profile_id)
    profile = opened.profile
    lists = [checklist_view(checklist.of_profile(opened), ways_of(opened), request.now)]
    context = {
        "title": profile.name,
        "lists": lists,
        "profile": profile,
        "change": destinations.to_confirm(opened),
        "can_manage": opened.held.may("manage"),
    }
    return render(request, "checklist/index.html", context)


@require_GET
def of_api(request: ActorRequest, api_id: str) -> HttpResponse:
    """One list for each of the actor's profiles for the API; without any, the list that begins with making one."""
    api = apis.get(request.actor, "view", api_id)
    found = checklist.of_api(request.actor, api_id)
    none = Ways(api_id=api.id, can_make=integrates(request.actor))
    lists = [checklist_view(steps, ways_of(opened) if opened else none, request.now) for opened, steps in found]
    return render(request, "checklist/index.html", {"title": api.name, "lists": lists})
