"""Collections of a profile: the list, one with its steps and its runs, and the form of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.core.collections.collection import Collection
from console.core.errors import NotAllowed, Stale
from console.services import collection_runs, collections, saved_requests
from console.services.opening import OpenProfile
from console.web import production
from console.web.forms.collections import CollectionForm, initial_of
from console.web.pages.own_fault import switched_on
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.collections import collection_line, collection_view, run_line
from console.web.request import ActorRequest

LISTED = 10


@require_GET
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = chosen(request, "view", profile_id)
    found = collections.of_profile(opened)
    newest = collection_runs.newest_of_each(opened, found)
    through, now = opened.connection_id, request.now
    lines = [collection_line(one, newest.get(one.value.id), connection_id=through, now=now) for one in found]
    return render(request, "collections/index.html", {**_of(opened), "lines": lines})


@require_http_methods(["GET", "POST"])
def one(request: ActorRequest, profile_id: str, collection_id: str) -> HttpResponse:
    """POST starts a run: for htmx, which then asks for step after step; else it goes on for as long as a person waits.

    Of production it is asked first.
    """
    if request.method != "POST":
        return _page(request, chosen(request, "view", profile_id), collection_id)
    opened = chosen(request, "use", profile_id)
    if question := production.question(request, opened.profile):
        return _page(request, opened, collection_id, question=question)
    try:
        run = collection_runs.begin(opened, collection_id)
    except NotAllowed as refusal:
        return _page(request, opened, collection_id, refused=f"{refusal.what} {refusal.why} {refusal.do}")
    if not request.htmx:
        collection_runs.go_on_for_a_while(request.actor, run.id)
    address = redirect("collection-run", opened.profile.id, run.id)
    return with_connection(address, opened)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = chosen(request, "use", profile_id)
    form = _form(request, opened)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = collections.make(opened, data["name"], form.steps(), stops_early=data["stops_early"])
        except (Stale, NotAllowed) as refusal:
            form.add_error("name", f"{refusal.what} {refusal.do}")
        else:
            return _saved(request, opened, made)
    return _edit_page(request, opened, form)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, profile_id: str, collection_id: str) -> HttpResponse:
    opened = chosen(request, "use", profile_id)
    before = collections.to_change(opened, collection_id)
    form = _form(request, opened, before)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, opened, _changed(opened, before, form))
        except Stale as stale:
            form.add_stale(stale, version=before.version)
    return _edit_page(request, opened, form, before)


@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, profile_id: str, collection_id: str) -> HttpResponse:
    opened = chosen(request, "use", profile_id)
    before = collections.to_change(opened, collection_id)
    if request.method == "POST":
        collections.delete(opened, collection_id)
        messages.success(request, f"“{before.name}” is deleted.")
        return with_connection(redirect("profile-collections", profile_id), opened)
    fields = [("connection", opened.connection_id)] if opened.connection_id else []
    return render(request, "collections/delete.html", {**_of(opened), "collection": before, "kept_fields": fields})


def with_connection(answer: HttpResponse, opened: OpenProfile) -> HttpResponse:
    """A redirect that keeps the connection through which the profile is open."""
    if opened.connection_id:
        answer.headers["Location"] = f"{answer.headers['Location']}?connection={opened.connection_id}"
    return answer


def _changed(opened: OpenProfile, before: Collection, form: CollectionForm) -> Collection:
    data = form.cleaned_data
    return collections.change(
        opened,
        before,
        name=data["name"],
        steps=form.steps(),
        stops_early=data["stops_early"],
        version=data["version"],
    )


def _saved(request: ActorRequest, opened: OpenProfile, saved: Collection) -> HttpResponse:
    adds = "more" in request.POST
    messages.success(request, f"“{saved.name}” is saved.")
    name = "collection-edit" if adds else "collection"
    answer = with_connection(redirect(name, opened.profile.id, saved.id), opened)
    if adds:
        answer.headers["Location"] += f"#step-{len(saved.steps) + 1}"  # the first of the empty ones
    return answer


def _form(request: ActorRequest, opened: OpenProfile, before: Collection | None = None) -> CollectionForm:
    """A request that is gone stays among the choices, so that a save does not drop its step unseen."""
    named = saved_requests.of_profile(opened).named
    choices = [(one.value.id, f"{one.value.name} ({one.value.title})") for one in named]
    known = {id_ for id_, _ in choices}
    lost = [(step.request_id, "Deleted request") for step in (before.steps if before else ())]
    choices += [one for one in dict.fromkeys(lost) if one[0] not in known]
    if request.method == "POST":
        return CollectionForm(request.POST, requests=choices)
    return CollectionForm(initial=initial_of(before) if before else {}, requests=choices)


def _edit_page(
    request: ActorRequest, opened: OpenProfile, form: CollectionForm, before: Collection | None = None
) -> HttpResponse:
    has_requests = bool(saved_requests.of_profile(opened).named)
    context = {**_of(opened), "form": form, "collection": before, "has_requests": has_requests}
    return render(request, "collections/edit.html", context, status=422 if form.errors else 200)


def _page(
    request: ActorRequest, opened: OpenProfile, collection_id: str, *, question: str = "", refused: str = ""
) -> HttpResponse:
    held = collections.open_collection(opened, collection_id)
    named = {one.value.id: (one.value.name, one.value.title) for one in saved_requests.of_profile(opened).named}
    through = opened.connection_id
    found = collection_runs.newest(opened, collection_id, limit=LISTED)
    context = {
        **_of(opened),
        **switched_on(opened, reverse("collection", args=[opened.profile.id, collection_id])),
        "collection": collection_view(held, named, connection_id=through),
        "runs": [run_line(one, connection_id=through, now=request.now) for one in found],
        "question": question,
        "refused": refused,
    }
    status = 422 if question or refused else 200
    return render(request, "collections/detail.html", context, partial="start", status=status)


def _of(opened: OpenProfile) -> dict[str, Any]:
    return {"profile": opened.profile, "connection": opened.connection_id, "can_use": opened.held.may("use")}
