"""Cases as a file: written for another console, and read from one. And what solved cases teach."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from console.core.cases.file_format import MAX_UPLOAD
from console.core.errors import Busy, NotAllowed
from console.services import case_files, lessons
from console.web.forms.case_evidence import ExportForm, ImportForm
from console.web.forms.cases import CaseFilterForm
from console.web.partials import render
from console.web.present.case_evidence import imported_view
from console.web.present.lessons import lessons_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@require_http_methods(["GET", "POST"])
def export(request: ActorRequest) -> HttpResponse:
    """Which cases, to choose from: those of the queue's filter, and of `?case=`, ticked; a POST gives the file."""
    named = request.GET.getlist("case") + request.POST.getlist("cases")
    offered = case_files.offered(request.actor, CaseFilterForm(request.GET).wanted(), also=named)
    chosen = {"cases": [key for key, _ in offered if key in named]}
    form = ExportForm(request.POST if request.method == "POST" else None, cases=offered, initial=chosen)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            text = case_files.export(request.actor, told["cases"], with_names=told["people"] == "names")
        except (Busy, NotAllowed) as refusal:
            form.add_error("cases", _said(refusal))
        else:
            answer = HttpResponse(text, content_type="application/json")
            name = case_files.file_name(len(told["cases"]), request.now)
            answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    return render(request, "cases/export.html", {"form": form, "offered": offered}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@takes_files(MAX_UPLOAD)
@require_http_methods(["GET", "POST"])
def import_(request: ActorRequest) -> HttpResponse:
    """A file of another console; afterwards what became of it."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, result = ImportForm(*posted), None
    case_files.must_import(request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            found = case_files.import_file(request.actor, form.cleaned_data["file"].read())
        except (Busy, NotAllowed) as refusal:
            form.add_error("file", _said(refusal))
        else:
            result = imported_view(found)
    return render(request, "cases/import.html", {"form": form, "result": result}, status=422 if form.errors else 200)


def _said(refusal: Busy | NotAllowed) -> str:
    return " ".join(one for one in (refusal.what, refusal.why, refusal.do) if one)


@require_GET
def learned(request: ActorRequest) -> HttpResponse:
    """Which first causes proved wrong, and where onboarding stalls."""
    return render(request, "cases/lessons.html", {"lessons": lessons_view(lessons.teaching(request.actor))})
