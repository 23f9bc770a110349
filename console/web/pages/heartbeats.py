"""The heartbeat of a profile: how it stands, how often it comes, and who hears of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.services import heartbeats, mail
from console.web.forms.heartbeats import HeartbeatForm
from console.web.partials import render
from console.web.present.heartbeats import heartbeat_view
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Who views the profile sees it; who manages it sets it."""
    opened = heartbeats.of_profile(request.actor, profile_id)
    view = heartbeat_view(opened)
    form = HeartbeatForm(request.POST or None, initial={"every": view["pause"]})
    if request.method == "POST":
        form = HeartbeatForm(request.POST)
        if form.is_valid():
            heartbeats.switch(request.actor, profile_id, every_s=form.every_s())
            messages.success(request, "The heartbeat is on." if form.every_s() else "The heartbeat is off.")
            return redirect("profile-heartbeat", profile_id)
        heartbeats.must_manage(opened)
    context = {
        "profile": opened.held.value,
        "heartbeat": view,
        "form": form,
        "can_manage": opened.held.may("manage"),
        "has_mail": mail.is_set_up(),
    }
    return render(request, "heartbeat/index.html", context, status=422 if form.errors else 200)


@require_POST
def hear(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Whether this person gets a mail when it turns."""
    wants = request.POST.get("on") == "1"
    heartbeats.hear(request.actor, profile_id, wants=wants)
    messages.success(request, "You get a mail when it turns." if wants else "You get no mail about it any more.")
    return redirect("profile-heartbeat", profile_id)
