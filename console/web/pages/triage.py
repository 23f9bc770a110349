"""Sort a log: an export of gateway or application logs, its refusals by cause."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.core.json.text import shorten
from console.core.redaction.redact import redact_text
from console.services import triage
from console.web.forms.triage import MAX_UPLOAD, TriageForm
from console.web.partials import render
from console.web.present.triage import triage_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@sensitive_post_parameters()
@takes_files(MAX_UPLOAD)
@require_http_methods(["GET", "POST"])
def sort_log(request: ActorRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "triage/index.html", {"form": TriageForm(), "result": None})
    form, result = TriageForm(request.POST, request.FILES), None
    if form.is_valid():
        upload = form.cleaned_data["export"]
        name = shorten(redact_text(upload.name or "the export"), 80)
        found = triage.sort_export(request.actor, upload.file, name=name, size_bytes=upload.size, chosen=form.chosen())
        result = triage_view(found, file=name)
        form = TriageForm(request.POST, request.FILES, headers=found.headers)
    context = {"form": form, "result": result}
    return render(request, "triage/index.html", context, partial="result", status=422 if form.errors else 200)
