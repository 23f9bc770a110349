"""The audit trail, for administrators: filtered, page by page, and as a file. A file takes a fresh proof."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.core.whole_number import whole_number
from console.services import audit_trail, people
from console.web import proof
from console.web.forms.audit import AuditFilterForm
from console.web.partials import render
from console.web.present import audit_files
from console.web.present.audit import audit_rows
from console.web.request import ActorRequest

FILES = {
    "csv": (audit_files.csv_lines, "text/csv; charset=utf-8", "CSV"),
    "jsonl": (audit_files.json_lines, "application/jsonl", "JSON lines"),
}


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """One page of what the filter in the address names; `?before=` and `?after=` are numbers of entries."""
    people.must_administer(request.actor)
    form = AuditFilterForm(request.GET)
    context = {"form": form, "filter": form.query(), "entries": []}
    if not form.is_valid():
        return render(request, "audit/index.html", context, status=422)
    before, after = (whole_number(request.GET.get(name, ""), digits=18) for name in ("before", "after"))
    page = audit_trail.read(request.actor, form.wanted(), before=before, after=after)
    context |= {
        "entries": audit_rows(page, form, now=request.now),
        "newer": form.query(after=page.entries[0].number if page.entries else 0) if page.has_newer else "",
        "older": form.query(before=page.entries[-1].number) if page.has_older else "",
        "is_newest": not page.has_newer,
    }
    return render(request, "audit/index.html", context)


@require_http_methods(["GET", "POST"])
def export(request: ActorRequest, kind: str) -> HttpResponseBase:
    """All that the filter in the address names, as a file. Whoever comes back here after the proof presses again."""
    people.must_administer(request.actor)
    form = AuditFilterForm(request.GET)
    if request.method == "GET":
        return redirect(f"{reverse('audit')}?{form.query()}")
    if not form.is_valid():
        return render(request, "audit/index.html", {"form": form, "filter": form.query(), "entries": []}, status=422)
    proof.demand(request)
    lines, content_type, words = FILES[kind]
    entries = audit_trail.export(request.actor, form.wanted(), told=f"as {words}: {form.told()}")
    answer = StreamingHttpResponse(audit_files.in_blocks(lines(entries)), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-trail.{kind}"'
    return answer
