"""A token request step by step: each request is shown, explained, and sent when somebody says so."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.services import token_previews, tokens
from console.web.partials import render
from console.web.present.profiles import profile_view
from console.web.present.token_flow import preview_view
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, profile_id: str) -> HttpResponse:
    """GET shows what would be sent; POST sends it, and leads to what came of it."""
    if request.method == "POST":
        obtained = tokens.obtain(request.actor, profile_id, wants_fresh=True)
        return redirect("call", obtained.attempt_id) if obtained.attempt_id else redirect("profile", profile_id)
    found = token_previews.of_profile(request.actor, profile_id)
    profile = profile_view(found.opened.profile, found.opened.api, request.now)
    return render(request, "profiles/steps.html", {"profile": profile, **preview_view(found)})
