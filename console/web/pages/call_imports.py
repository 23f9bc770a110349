"""Calls of another tool: read, looked at, and kept with a profile. Nothing is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.core.call_imports.model import MAX_BYTES, CallImport
from console.core.errors import NotAllowed, Stale
from console.core.held import Held
from console.core.profile import Profile
from console.services import call_imports
from console.services.call_imports import FittedImport
from console.web.forms.call_imports import CallImportForm, PickedCallsForm
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.call_imports import import_view, kept_words
from console.web.request import ActorRequest
from console.web.uploads import takes_files

Takers = list[Held[Profile]]


@takes_files(MAX_BYTES)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    takers = call_imports.takers(request.actor)
    if request.method == "GET":
        return _page(request, takers, CallImportForm(takers, initial={"profile": request.GET.get("profile", "")}))
    form = CallImportForm(takers, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, takers, form, status=422)
    data = form.cleaned_data
    found = call_imports.read(
        request.actor, data["pasted"], [(one.name or "", one.read()) for one in data["documents"]]
    )
    return _shown(request, takers, found, data["profile"], typed=form)


@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Keeps what was picked; for another profile than the calls were shown for they are shown again first."""
    takers = call_imports.takers(request.actor)
    form = PickedCallsForm(takers, request.POST)
    data = form.cleaned_data if form.is_valid() else {}
    found = call_imports.taken_up(request.actor, data["found"]) if data else None
    if found is None:
        return _page(request, takers, CallImportForm(takers), refused=form, status=422)
    profile_id = data["profile"]
    if "show" in request.POST or profile_id != data["shown"]:
        return _shown(request, takers, found, profile_id)
    return _kept(request, found, form) or _shown(request, takers, found, profile_id, refused=form)


def _kept(request: ActorRequest, found: CallImport, form: PickedCallsForm) -> HttpResponse | None:
    """The way to what was kept; None where the form says why nothing was."""
    data = form.cleaned_data
    if not data["profile"]:
        form.add_error("profile", "Choose the profile to keep them with.")
    elif not data["pick"]:
        form.add_error("pick", "Pick at least one.")
    else:
        try:
            kept = call_imports.keep(chosen(request, "use", data["profile"]), found, data["pick"])
        except (NotAllowed, Stale) as refusal:
            form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
            return None
        messages.success(request, kept_words(kept))
        saved = f"?saved={kept[0].id}#call" if kept else ""
        return redirect(reverse("profile", args=[data["profile"]]) + saved)
    return None


def _shown(
    request: ActorRequest,
    takers: Takers,
    found: CallImport,
    profile_id: str,
    *,
    typed: CallImportForm | None = None,
    refused: PickedCallsForm | None = None,
) -> HttpResponse:
    """What an import would make with a profile, "" for none chosen yet. Where nothing was read, `typed` stays."""
    opened = chosen(request, "use", profile_id) if profile_id else None
    fitted = call_imports.fitted(opened, found) if opened else FittedImport(found)
    picked = set(refused.cleaned_data.get("pick", ())) if refused else None
    view = import_view(fitted, opened, call_imports.carried(found), picked=picked)
    is_empty = not (found.calls or found.clients)
    form = typed if typed and is_empty else CallImportForm(takers, initial={"profile": profile_id})
    return _page(request, takers, form, refused=refused, view=view, status=422 if refused or is_empty else 200)


def _page(
    request: ActorRequest,
    takers: Takers,
    form: CallImportForm,
    *,
    refused: PickedCallsForm | None = None,
    view: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "pick_form": refused, "found": view, "takers": takers}
    return render(request, "imports/index.html", context, status=status)
