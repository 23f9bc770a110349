"""Profiles: list, write, copy, delete. Credential and token have pages of their own (credentials.py, tokens.py)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.errors import Stale
from console.core.profile import Profile
from console.core.profile_checks.corrections import CORRECTIONS, correction
from console.services import (
    apis,
    destinations,
    developer_page,
    metadata_lookup,
    opening,
    profiles,
    tokens,
)
from console.services import handover as handovers
from console.services.metadata_lookup import FoundMetadata
from console.web.forms.handover import FoundApiForm, HandoverForm
from console.web.forms.profiles import ProfileForm, initial_of
from console.web.pages.profile_page import Happened, chosen, page_context
from console.web.partials import render
from console.web.present.handover import api_values, form_values, handover_view
from console.web.present.metadata_lookup import metadata_view
from console.web.present.which_grant import advised_by, chooser_view
from console.web.request import ActorRequest

LOOK_UP = "look-up"


@require_GET
def detail(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = chosen(request, "view", profile_id)
    obtained = tokens.look(opened) if opened.held.may("use") else None
    return render(request, "profiles/detail.html", page_context(request, opened, Happened(obtained)), partial="call")


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    looked_up = _looked_up(request)
    wished = {name: value for name in ("provider", "grant") if (value := request.GET.get(name, ""))}
    api_id = request.GET.get("api", "")
    known = developer_page.prefilled(request.actor, api_id, wished.get("grant", "")) if "fill" in request.GET else {}
    initial = {"api_id": api_id, **wished, **known}
    form = _form(request, initial=initial, found=looked_up)
    found, found_api = request.POST.get("found", ""), _found_api(request)
    if _only_shows(request):
        found_api = FoundApiForm(initial=request.POST.dict()) if found_api else None
    elif request.method == "POST" and form.is_valid() and (found_api is None or found_api.is_valid()):
        api = found_api.api if found_api else None
        profile, notes = handovers.make_profile(request.actor, form.to_draft(), api=api, sealed=found)
        messages.success(request, " ".join(["The profile is saved.", *notes]))
        return redirect("profile", profile.id)
    context = {"form": form, "handover": HandoverForm(), "found": found, "found_api": found_api}
    context["metadata"] = metadata_view(looked_up) if looked_up else None
    context["advised"] = advised_by(request.GET.get("because", ""))
    context["chooser"] = None if context["advised"] or request.method == "POST" else chooser_view({})
    status = 422 if form.errors or (found_api and found_api.errors) else 200
    return render(request, "profiles/new.html", context, partial="form", status=status)


@require_POST
def handover(request: ActorRequest) -> HttpResponse:
    """Fills the form of a new profile from a pasted mail; what is secret in it travels on sealed."""
    pasted = HandoverForm(request.POST)
    if not pasted.is_valid():
        context = {"form": _blank(request), "handover": pasted, "found": ""}
        return render(request, "profiles/new.html", context, status=422)
    read = handovers.read(request.actor, pasted.cleaned_data["handover"])
    values = form_values(read, apis.list_apis(request.actor))
    form = _blank(request, initial=values)
    context = {
        "form": form,
        "handover": HandoverForm(),
        "found": handovers.seal_found(request.actor, read),
        "read": handover_view(read),
        "found_api": FoundApiForm(initial=api_values(read)) if api_values(read) and "api_id" not in values else None,
    }
    return render(request, "profiles/new.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, profile_id: str) -> HttpResponse:
    profile = profiles.open_profile(request.actor, "manage", profile_id)
    looked_up = _looked_up(request)
    form = _form(
        request, initial={**initial_of(profile), **_correction(request, profile)}, found=looked_up, own_id=profile.id
    )
    is_sent = request.method == "POST" and not _only_shows(request)
    if is_sent and form.is_valid() and (saved := _save(request, profile, form)):
        return redirect("profile", saved.id)
    context = {"form": form, "profile": profile, "metadata": metadata_view(looked_up) if looked_up else None}
    return render(request, "profiles/edit.html", context, partial="form", status=_status(form))


@require_POST
def confirm(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Accepts where the profile's Api leads now, as it was shown."""
    try:
        notes = destinations.accept(request.actor, profile_id, seen=request.POST.get("seen", ""))
    except Stale as refusal:
        messages.error(request, f"{refusal.what} {refusal.why} {refusal.do}")
        return redirect("profile", profile_id)
    messages.success(request, "Confirmed. Calls go there from now on.")
    for note in notes:
        messages.warning(request, note)
    return redirect("profile", profile_id)


@require_POST
def duplicate(request: ActorRequest, profile_id: str) -> HttpResponse:
    copy = profiles.duplicate(request.actor, profile_id)
    messages.success(request, "The copy has no credential: give it its own.")
    return redirect("profile-edit", copy.id)


@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, profile_id: str) -> HttpResponse:
    if request.method == "POST":
        profiles.delete(request.actor, profile_id)
        messages.success(request, "The profile and everything stored for it is deleted.")
        return redirect("profiles")
    profile = profiles.open_profile(request.actor, "manage", profile_id)
    return render(request, "profiles/delete.html", {"profile": profile})


def _found_api(request: ActorRequest) -> FoundApiForm | None:
    """None where the form holds no API that a hand-over named."""
    return FoundApiForm(request.POST) if "api_base_url" in request.POST else None


def _form(
    request: ActorRequest, *, initial: dict[str, Any], found: FoundMetadata | None = None, own_id: str = ""
) -> ProfileForm:
    """The form of what was sent; where it is only to show the fields of another provider, with nothing judged yet."""
    has_sandbox, where = settings.CONSOLE_SANDBOX, request.path
    if _only_shows(request):
        typed = {**request.POST.dict(), **(found.filled() if found else {})}
        return ProfileForm(initial=typed, actor=request.actor, has_sandbox=has_sandbox, shown_at=where, own_id=own_id)
    data = request.POST if request.method == "POST" else None
    return ProfileForm(
        data, initial=initial, actor=request.actor, has_sandbox=has_sandbox, shown_at=where, own_id=own_id
    )


def _only_shows(request: ActorRequest) -> bool:
    is_told = request.POST.get("do") in ("show", LOOK_UP) or request.GET.get("do") == "show"
    return request.method == "POST" and is_told


def _looked_up(request: ActorRequest) -> FoundMetadata | None:
    """What the issuer publishes, where that was asked for."""
    if request.method != "POST" or request.POST.get("do") != LOOK_UP:
        return None
    return metadata_lookup.look_up(request.actor, request.POST.get("issuer", ""))


def _correction(request: ActorRequest, profile: Profile) -> dict[str, str]:
    """What a diagnosis offers to correct (`?correct=scope`), ready in the form and not saved."""
    name = request.GET.get("correct", "")
    if name not in CORRECTIONS:
        return {}
    found = correction(name, profile, opening.of_profile(request.actor, "manage", profile.id).api)
    return {found.field: found.value} if found else {}


def _blank(request: ActorRequest, *, initial: dict[str, Any] | None = None) -> ProfileForm:
    where = reverse("profile-new")
    return ProfileForm(initial=initial, actor=request.actor, has_sandbox=settings.CONSOLE_SANDBOX, shown_at=where)


def _save(request: ActorRequest, profile: Profile, form: ProfileForm) -> Profile | None:
    """The saved profile; None when somebody saved in the meantime, which the form then says."""
    expected = form.cleaned_data["version"]
    try:
        saved, notes = profiles.update(request.actor, profile.id, form.to_draft(), expected_version=expected)
    except Stale as refusal:
        form.add_stale(refusal, version=profile.version)
        return None
    for note in notes:
        messages.warning(request, note)
    return saved


def _status(form: ProfileForm) -> int:
    return 422 if form.errors else 200
