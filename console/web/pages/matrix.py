"""The auth matrix of a profile: what will be sent, its progress, its table, and the files for a build server."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.errors import Busy, NotAllowed
from console.core.held import Held
from console.core.json.text import json_text
from console.core.matrix.result import MatrixResult
from console.core.reports.matrix import to_json, to_junit
from console.services import api_policies, matrix, matrix_choices, matrix_results, matrix_variants, opening
from console.services.opening import OpenProfile
from console.web import production
from console.web.forms.matrix import MatrixForm, initial_of
from console.web.pages.own_fault import switched_on
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.matrix import matrix_line, matrix_view, offered_view
from console.web.request import ActorRequest

FILES: dict[str, tuple[str, Callable[[MatrixResult], str]]] = {
    "matrix.json": ("application/json", lambda found: f"{json_text(to_json(found), indent=2)}\n"),
    "matrix.xml": ("application/xml", to_junit),
}


@require_http_methods(["GET", "POST"])
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The newest result and the form. POST starts: for htmx, which then asks for variant after variant; else it goes on
    for as long as a person waits.
    """
    if request.method != "POST":
        return _page(request, chosen(request, "view", profile_id))
    opened = chosen(request, "use", profile_id)
    form = MatrixForm(request.POST)
    if form.is_valid() and (question := _question(request, opened, form)):
        form.ask(question)
    if form.is_valid():
        try:
            run = matrix.begin(opened, form.to_choice(), call=form.to_call(), keeps=True)
            return _begun(request, opened, run.id)
        except NotAllowed as refusal:
            form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
    return _page(request, opened, form=form)


def _question(request: ActorRequest, opened: OpenProfile, form: MatrixForm) -> str:
    """What to ask first: of this profile, and of the other one whose token is sent."""
    asked = production.question(request, opened.profile)
    is_sent = "other-profile" in form.cleaned_data["variants"]
    others = matrix_variants.others(opened) if is_sent else []
    other = next((one for one in others if one.id == form.cleaned_data["other"]), None)
    also = production.question(request, other) if other else ""
    return asked or also


def _begun(request: ActorRequest, opened: OpenProfile, run_id: str) -> HttpResponse:
    if request.htmx:
        return _page(request, opened, run_id=run_id)
    if (busy := _waits(lambda: matrix.go_on_for_a_while(request.actor, run_id))) is not None:
        messages.warning(request, _told(busy))
    return redirect("matrix", opened.profile.id, run_id)


@require_http_methods(["GET", "POST"])
def of_run(request: ActorRequest, profile_id: str, matrix_id: str) -> HttpResponse:
    """Where a run stands. POST goes on: by one variant for htmx, which asks again; else for a while."""
    opened = opening.of_profile(request.actor, "view", profile_id)
    if request.method == "POST":
        matrix_results.of_run(opened, matrix_id)
        go_on = matrix.look if request.htmx else matrix.go_on_for_a_while
        busy = _waits(lambda: go_on(request.actor, matrix_id))
        if request.htmx:
            return _page(request, opened, run_id=matrix_id, busy=busy)
        if busy is not None:
            messages.warning(request, _told(busy))
        return redirect("matrix", profile_id, matrix_id)
    return _page(request, opened, run_id=matrix_id)


def _waits(go_on: Callable[[], object]) -> Busy | None:
    """Why the next call has to wait; None where it was made. What was tried already stays, so it is no refusal."""
    try:
        go_on()
    except Busy as busy:
        return busy
    return None


def _told(busy: Busy) -> str:
    return f"{busy.what} {busy.do}"


@require_POST
def stop(request: ActorRequest, profile_id: str, matrix_id: str) -> HttpResponse:
    """Nothing more is sent; what is under way ends and is kept."""
    opened = opening.of_profile(request.actor, "view", profile_id)
    matrix_results.of_run(opened, matrix_id)
    matrix.stop(request.actor, matrix_id)
    return _page(request, opened, run_id=matrix_id) if request.htmx else redirect("matrix", profile_id, matrix_id)


@require_GET
def file(request: ActorRequest, profile_id: str, matrix_id: str, matrix_file: str) -> HttpResponse:
    """The result for a program; nothing in it is secret."""
    if matrix_file not in FILES:
        raise Http404
    found = matrix_results.of_run(opening.of_profile(request.actor, "view", profile_id), matrix_id).value
    kind, content = FILES[matrix_file]
    answer = HttpResponse(content(found), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{matrix_file}"'
    return answer


def _page(
    request: ActorRequest,
    opened: OpenProfile,
    *,
    run_id: str = "",
    form: MatrixForm | None = None,
    busy: Busy | None = None,
) -> HttpResponse:
    found = matrix_results.newest(opened)
    shown = next((one for one in found if not run_id or one.value.run_id == run_id), None)
    if run_id and shown is None:
        shown = matrix_results.of_run(opened, run_id)
    context: dict[str, Any] = {
        "profile": opened.profile,
        "base_url": opened.api.base_url if opened.api else "",
        "is_fragment": bool(request.htmx),
        "connection": opened.connection_id,
        "found": _found(request, opened, shown, wait_s=busy.wait_s if busy else 0) if shown else None,
        "waits": _told(busy) if busy else "",
        **switched_on(opened, reverse("profile-matrix", args=[opened.profile.id])),
        "runs": [matrix_line(one, now=request.now) for one in found if one is not shown],
    }
    is_going = shown is not None and not shown.value.is_done
    if opened.held.may("use") and opened.api is not None and not (is_going and form is None):
        context |= _form(opened, form, shown.value if shown and shown.is_own else None)
    status = 422 if form is not None and form.errors else 200
    return render(request, "matrix/index.html", context, partial="matrix", status=status)


def _found(request: ActorRequest, opened: OpenProfile, shown: Held[MatrixResult], *, wait_s: int) -> dict[str, Any]:
    api_id = opened.api.id if opened.api else ""
    policy_api = api_id if api_policies.has_policy(request.actor, api_id or None) else ""
    return matrix_view(shown, policy_api=policy_api, now=request.now, wait_s=wait_s)


def _form(opened: OpenProfile, form: MatrixForm | None, last: MatrixResult | None) -> dict[str, Any]:
    """With what was chosen just now, else what the Api keeps, else what this person tried last."""
    offered = matrix_choices.offered(opened)
    call = matrix_choices.call_to_send(opened, offered.choice)
    shown = (
        None
        if last is None or offered.is_kept
        else replace(last.choice, other_profile_id=offered.choice.other_profile_id)
    )
    if form is not None and "variants" in form.cleaned_data:
        shown = form.to_choice()
    return {
        "offered": offered_view(offered, opened.profile, shown=shown),
        "form": form or MatrixForm(initial=initial_of(call)),
    }
