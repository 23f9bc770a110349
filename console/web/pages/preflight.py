"""Preflight of a profile: what will be sent, its progress, its result, and the files for a build server."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.core.errors import NotAllowed, NotFound
from console.core.json.text import json_text
from console.core.preflight.result import PreflightResult
from console.core.reports.preflight import to_json, to_junit
from console.services import opening, preflight
from console.services.opening import OpenProfile
from console.web.forms.preflight import PreflightForm, initial_of
from console.web.pages import readers
from console.web.pages.own_fault import switched_on
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.preflight import planned_view, preflight_line, preflight_view
from console.web.request import ActorRequest

LISTED = 10
FILES: dict[str, tuple[str, Callable[[PreflightResult], str]]] = {
    "preflight.json": ("application/json", lambda found: f"{json_text(to_json(found), indent=2)}\n"),
    "preflight.xml": ("application/xml", to_junit),
}


@require_http_methods(["GET", "POST"])
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The newest result and the form. POST starts: for htmx, which then asks for stage after stage; else it goes on for
    as long as a person waits.
    """
    if request.method != "POST":
        return _page(request, chosen(request, "view", profile_id))
    opened = chosen(request, "use", profile_id)
    form = PreflightForm(request.POST)
    if form.is_valid() or opened.api is None:
        picked = form.to_call() if opened.api is not None else None
        picked = None if picked == preflight.planned_call(opened).call else picked
        try:
            run = preflight.begin(request.actor, profile_id, call=picked, connection_id=opened.connection_id)
            return _begun(request, opened, run.id)
        except NotAllowed as refusal:
            form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
    return _page(request, opened, form=form)


def _begun(request: ActorRequest, opened: OpenProfile, run_id: str) -> HttpResponse:
    if request.htmx:
        return _page(request, opened, run_id=run_id)
    preflight.go_on_for_a_while(request.actor, run_id)
    return redirect("preflight", opened.profile.id, run_id)


@require_http_methods(["GET", "POST"])
def of_run(request: ActorRequest, profile_id: str, run_id: str) -> HttpResponse:
    """Where a run stands. POST goes on: by one stage for htmx, which asks again; else for as long as a person waits."""
    opened = opening.of_profile(request.actor, "view", profile_id)
    if request.method == "POST":
        preflight.of_run(opened, run_id)
        if request.htmx:
            preflight.look(request.actor, run_id)
        else:
            preflight.go_on_for_a_while(request.actor, run_id)
            return redirect("preflight", profile_id, run_id)
    return _page(request, opened, run_id=run_id)


@require_GET
def file(request: ActorRequest, profile_id: str, run_id: str, report: str) -> HttpResponse:
    """The result for a program; nothing in it is secret."""
    if report not in FILES:
        raise Http404
    found = preflight.of_run(opening.of_profile(request.actor, "view", profile_id), run_id).value
    if found.profile_id != profile_id:
        raise NotFound("There is no such preflight of this profile.")
    kind, content = FILES[report]
    answer = HttpResponse(content(found), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{report}"'
    return answer


def _page(
    request: ActorRequest, opened: OpenProfile, *, run_id: str = "", form: PreflightForm | None = None
) -> HttpResponse:
    found = preflight.newest(opened, limit=LISTED)
    shown = next((one for one in found if not run_id or one.value.run_id == run_id), None)
    if run_id and shown is None:
        shown = preflight.of_run(opened, run_id)
    every_s = preflight.due_in_s(request.actor, shown.value.run_id) if shown and not shown.value.is_done else 1
    reader = readers.of_profile(opened, None)
    context: dict[str, Any] = {
        "profile": opened.profile,
        "is_fragment": bool(request.htmx),
        "connection": opened.connection_id,
        "can_use": opened.held.may("use"),
        "found": preflight_view(shown, reader, now=request.now, every_s=every_s) if shown else None,
        **switched_on(opened, reverse("profile-preflight", args=[opened.profile.id])),
        "others": [preflight_line(one, now=request.now) for one in found if one is not shown],
    }
    is_going = shown is not None and not shown.value.is_done
    if opened.held.may("use") and not (is_going and form is None):
        planned = preflight.planned_call(opened)
        context["planned"] = planned_view(opened, planned)
        context["form"] = form or PreflightForm(initial=initial_of(planned.call))
    status = 422 if form is not None and form.errors else 200
    return render(request, "preflight/index.html", context, partial="preflight", status=status)
