"""Ask for a token, and reveal it whole."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.services import profiles, tokens
from console.web import proof
from console.web.pages.profile_page import page_context
from console.web.partials import render
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def obtain(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Obtains a token, from the store unless a fresh one is asked for; a reload of the page asks for nothing."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    obtained = tokens.obtain(request.actor, profile_id, wants_fresh="fresh" in request.POST)
    context = page_context(request, obtained.profile, obtained=obtained)
    return render(request, "profiles/detail.html", context, partial="token")


@require_http_methods(["GET", "POST"])
def reveal(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Shows the stored token with its signature; audited."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    profile = profiles.open_profile(request.actor, "use", profile_id)
    proof.demand(request)
    obtained = tokens.reveal(request.actor, profile)
    context = page_context(request, profile, obtained=obtained, is_revealed=True)
    return render(request, "profiles/detail.html", context, partial="token")
