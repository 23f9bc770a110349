"""Sort a log: an export of gateway or application logs, its refusals by cause."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from console.core.json.text import shorten
from console.core.redaction.redact import redact_text
from console.services import triage
from console.web.forms.triage import MAX_UPLOAD, AddToCaseForm, TriageForm
from console.web.partials import render
from console.web.present.triage import triage_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@sensitive_post_parameters()
@takes_files(MAX_UPLOAD)
@require_http_methods(["GET", "POST"])
def sort_log(request: ActorRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "triage/index.html", _context(request, TriageForm(), None))
    form, result = TriageForm(request.POST, request.FILES), None
    if form.is_valid():
        upload = form.cleaned_data["export"]
        name = shorten(redact_text(upload.name or "the export"), 80)
        found = triage.sort_export(request.actor, upload.file, name=name, size_bytes=upload.size, chosen=form.chosen())
        causes = {group.cause for group in found.triage.groups if group.cause}
        result = triage_view(found, file=name, cases=triage.cases_of(request.actor, causes) if causes else {})
        form = TriageForm(request.POST, request.FILES, headers=found.headers)
    context = _context(request, form, result)
    return render(request, "triage/index.html", context, partial="result", status=422 if form.errors else 200)


@require_POST
def add(request: ActorRequest, case_id: str) -> HttpResponse:
    """What a log tells of a cause, written in the case of the same cause."""
    form = AddToCaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "There was nothing to add to the case.")
        return redirect("case", case_id)
    triage.add_to_case(request.actor, case_id, form.cleaned_data["note"])
    messages.success(request, "What the log tells is added to the case.")
    return redirect("case", case_id)


@require_POST
def forget(request: ActorRequest) -> HttpResponse:
    """What this person said of columns is forgotten."""
    triage.forget_columns(request.actor)
    messages.success(request, "What you said of columns is forgotten.")
    return redirect("triage")


def _context(request: ActorRequest, form: TriageForm, result: dict[str, Any] | None) -> dict[str, Any]:
    """A fragment shows nothing of what is remembered: it is not asked for there."""
    has_remembered = not request.htmx and triage.has_remembered(request.actor)
    return {"form": form, "result": result, "has_remembered": has_remembered}
