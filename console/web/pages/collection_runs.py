"""A run of a collection: where it stands, its end, and its results for a build server."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.collections.result import CollectionResult
from console.core.errors import Busy
from console.core.json.text import json_text
from console.core.reports.collection import to_json, to_junit
from console.services import collection_runs
from console.services.opening import OpenProfile
from console.web.pages import readers
from console.web.pages.collections import with_connection
from console.web.pages.own_fault import switched_on
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.collections import run_view
from console.web.request import ActorRequest

FILES: dict[str, tuple[str, Callable[[CollectionResult], str]]] = {
    "results.json": ("application/json", lambda found: f"{json_text(to_json(found), indent=2)}\n"),
    "results.xml": ("application/xml", to_junit),
}


@require_http_methods(["GET", "POST"])
def of_run(request: ActorRequest, profile_id: str, collection_run_id: str) -> HttpResponse:
    """POST goes on: by one step for htmx, which asks again; else for as long as a person waits."""
    opened = chosen(request, "view", profile_id)
    collection_runs.of_run(opened, collection_run_id)
    if request.method == "POST":
        if not request.htmx:
            collection_runs.go_on_for_a_while(request.actor, collection_run_id)
            return with_connection(redirect("collection-run", profile_id, collection_run_id), opened)
        return _page(request, opened, collection_run_id, every_s=_looked(request, collection_run_id))
    return _page(request, opened, collection_run_id)


def _looked(request: ActorRequest, run_id: str) -> int:
    """One step, and in how many seconds the next look makes sense: later, where the person's work budget is spent."""
    try:
        collection_runs.look(request.actor, run_id)
    except Busy as busy:
        return busy.wait_s
    return 0


@require_POST
def stop(request: ActorRequest, profile_id: str, collection_run_id: str) -> HttpResponse:
    opened = chosen(request, "view", profile_id)
    collection_runs.of_run(opened, collection_run_id)
    collection_runs.stop(request.actor, collection_run_id)
    if request.htmx:
        return _page(request, opened, collection_run_id)
    return with_connection(redirect("collection-run", profile_id, collection_run_id), opened)


@require_GET
def file(request: ActorRequest, profile_id: str, collection_run_id: str, report: str) -> HttpResponse:
    """The result for a program; nothing in it is secret."""
    if report not in FILES:
        raise Http404
    found = collection_runs.of_run(chosen(request, "view", profile_id), collection_run_id).value
    kind, content = FILES[report]
    answer = HttpResponse(content(found), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{report}"'
    return answer


def _page(request: ActorRequest, opened: OpenProfile, run_id: str, *, every_s: int = 0) -> HttpResponse:
    held = collection_runs.of_run(opened, run_id)
    reader = readers.of_profile(opened, None)
    context = {
        "profile": opened.profile,
        "connection": opened.connection_id,
        "can_use": opened.held.may("use"),
        "is_fragment": bool(request.htmx),
        **switched_on(opened, reverse("collection-run", args=[opened.profile.id, run_id])),
        "run": run_view(held, reader, connection_id=opened.connection_id, now=request.now, every_s=every_s),
    }
    return render(request, "collections/run.html", context, partial="run")
