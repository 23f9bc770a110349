"""Keep what the form of a call holds under a name; rename and delete what is kept."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.core.errors import NotAllowed, Stale
from console.services import saved_requests, tokens
from console.services.opening import OpenProfile
from console.web.forms.calls import MAX_FILE, KeepForm, RequestNameForm
from console.web.pages.composing import typed
from console.web.pages.profile_page import Happened, chosen, page_context
from console.web.partials import render
from console.web.present.saved_requests import kept_words, left_out_words, request_rows
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def save(request: ActorRequest, profile_id: str) -> HttpResponse:
    """What was typed stays in the form, its secrets too; only what is kept has none."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    form = KeepForm(typed(request, opened))
    told = _save(opened, form) if form.is_valid() else {}
    if request.htmx:
        listed = saved_requests.of_profile(opened).named
        saved = {"rows": request_rows(listed, opened_id=told.get("id", ""), now=request.now)}
        context: dict[str, Any] = {"profile": opened.profile, "connection": {"id": opened.connection_id or ""}}
    else:
        context = page_context(request, opened, Happened(tokens.stored(opened), forms={"call": form}))
        saved = context["saved"]
    context |= {"saved": {**saved, "name": request.POST.get("name", ""), **told, "is_done": True}, "keep_form": form}
    return render(request, "profiles/detail.html", context, partial="saved", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, profile_id: str, request_id: str) -> HttpResponse:
    """Another name, or its end."""
    opened = chosen(request, "use", profile_id)
    saved = saved_requests.to_change(opened, request_id)
    if request.method == "POST" and "delete" in request.POST:
        saved_requests.delete(opened, request_id)
        messages.success(request, f"“{saved.name}” is deleted.")
        return redirect(_page_of(opened))
    form = RequestNameForm(request.POST if request.method == "POST" else None, initial={"name": saved.name})
    if request.method == "POST" and form.is_valid():
        try:
            name = saved_requests.rename(opened, request_id, form.cleaned_data["name"])
        except Stale as taken:
            form.add_error("name", f"{taken.what} {taken.do}")
        else:
            messages.success(request, f"It is called “{name}” now.")
            return redirect(_page_of(opened, saved=request_id))
    context = {"form": form, "profile": opened.profile, "connection_id": opened.connection_id, "saved": saved}
    return render(request, "profiles/saved_request.html", context, status=422 if form.errors else 200)


def _page_of(opened: OpenProfile, **query: str) -> str:
    """The form of a call, through the connection that it was opened through."""
    if opened.connection_id:
        query["connection"] = opened.connection_id
    return f"{reverse('profile', args=[opened.profile.id])}?{urlencode(query)}#call"


def _save(opened: OpenProfile, form: KeepForm) -> dict[str, str]:
    """What is said of it; the form says why it was refused."""
    try:
        saved = saved_requests.save(opened, form.cleaned_data["name"], form.to_draft())
    except (Stale, NotAllowed) as refusal:
        form.add_error("name", f"{refusal.what} {refusal.do}")
        return {}
    return {"id": saved.id, "told": kept_words(saved), "left_out": left_out_words(saved.kept)}
