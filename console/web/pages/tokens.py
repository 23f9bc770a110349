"""Ask for a token, and reveal it whole."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.core.credential import Secret
from console.services import opening, tokens
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.web import proof
from console.web.forms.given import form_for
from console.web.pages.profile_page import Happened, chosen, page_context
from console.web.partials import render
from console.web.request import ActorRequest

LOOK_AGAIN_S = 2


@require_http_methods(["GET", "POST"])
def obtain(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Obtains a token, from the store unless a fresh one is asked for; a reload of the page asks for nothing.

    GET looks what has become of a request that was under way.
    """
    if request.method == "GET":
        return _looked(request, profile_id) if request.htmx else redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    wanted = form_for(opened.profile)
    form = wanted(request.POST) if wanted is not None and "given" in request.POST else None
    if form is not None and not form.is_valid():
        context = page_context(request, opened, Happened(forms={"given": form}))
        return render(request, "profiles/detail.html", context, partial="token", status=422)
    given = Secret(form.cleaned_data["given"].strip()) if form is not None else None
    obtained = tokens.obtain_for(opened, wants_fresh="fresh" in request.POST, given=given)
    return _shown(request, opened, obtained)


def _looked(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = chosen(request, "use", profile_id)
    return _shown(request, opened, tokens.look(opened))


def _shown(request: ActorRequest, opened: OpenProfile, obtained: Obtained | None) -> HttpResponse:
    """The token's part of the page; while a request is under way the page comes again by itself, also without scripts.

    202 (RFC 9110 section 15.3.3): the answer is still to come.
    """
    context = page_context(request, opened, Happened(obtained))
    is_under_way = obtained is not None and obtained.is_under_way
    response = render(request, "profiles/detail.html", context, partial="token", status=202 if is_under_way else 200)
    if is_under_way and not request.htmx:
        address = reverse("profile", args=[opened.profile.id])
        through = f"?connection={opened.connection_id}" if opened.connection else ""
        response.headers["Refresh"] = f"{LOOK_AGAIN_S}; url={address}{through}#token"
    return response


@require_http_methods(["GET", "POST"])
def reveal(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Shows the stored token with its signature; audited. A GET comes from the proof: the button is there to press.

    Only for who manages the profile or was given that.
    """
    if request.method == "GET":
        return redirect(f"{reverse('profile', args=[profile_id])}#reveal-token")
    opened = opening.to_reveal(request.actor, profile_id, connection_id=request.POST.get("connection") or None)
    proof.demand(request)
    obtained = tokens.reveal(opened)
    context = page_context(request, opened, Happened(obtained, is_revealed=True))
    return render(request, "profiles/detail.html", context, partial="token")
