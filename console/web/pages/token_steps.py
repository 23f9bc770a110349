"""A token request step by step: each request is shown, explained, and sent when somebody says so."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.services import connection_tokens, opening, token_previews, tokens
from console.web.pages.own_fault import switched_on
from console.web.partials import render
from console.web.present.token_flow import preview_view
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, profile_id: str) -> HttpResponse:
    """GET shows what would be sent; POST sends it, and leads to what came of it."""
    if request.method == "POST":
        obtained = tokens.obtain(request.actor, profile_id, wants_fresh=True)
        return redirect("call", obtained.attempt_id) if obtained.attempt_id else redirect("profile", profile_id)
    found = token_previews.of_profile(request.actor, profile_id)
    profile = found.opened.profile
    back = {"back_url": reverse("profile", args=[profile.id]), "back_name": profile.name}
    context = {**back, "action_url": request.path, "needs_connection": connection_tokens.needs_person(found.opened)}
    context |= switched_on(found.opened, request.path)
    return render(request, "profiles/steps.html", {**context, **preview_view(found)})


@require_GET
def of_connection(request: ActorRequest, connection_id: str) -> HttpResponse:
    """What a sign-in for this connection begins with; its button begins one that goes step by step."""
    found = token_previews.of_connection(request.actor, connection_id)
    if not connection_tokens.needs_person(found.opened):
        return redirect("profile-token-steps", found.opened.profile.id)
    connection = opening.connection_of(found.opened)
    back = {"back_url": reverse("connection", args=[connection.id]), "back_name": connection.name}
    context = {**back, "action_url": reverse("connection-authorize", args=[connection.id]), "is_sign_in": True}
    return render(request, "profiles/steps.html", {**context, **preview_view(found)})
