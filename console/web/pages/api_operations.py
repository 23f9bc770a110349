"""The operations of an Api: found by tag and word, and imported from its OpenAPI document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.core.errors import Busy, Unavailable
from console.core.openapi.model import MAX_BYTES
from console.core.whole_number import whole_number
from console.services import api_operations, call_start, profiles
from console.services.api_operations import ImportedOperations
from console.services.integrators import integrates
from console.web.forms.api_operations import DocumentForm, OperationFilterForm
from console.web.partials import render
from console.web.present.api_operations import (
    imported_words,
    operations_view,
    problem_rows,
)
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@takes_files(MAX_BYTES)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest, api_id: str) -> HttpResponse:
    if request.method == "GET":
        return _page(request, api_id, DocumentForm(), None)
    api_operations.must_manage(request.actor, api_id)
    form, imported = DocumentForm(request.POST, request.FILES), None
    if form.is_valid():
        imported = _imported(request, api_id, form)
    if imported is None or not imported.is_kept:
        return _page(request, api_id, form, imported, status=422)
    messages.success(request, imported_words(imported))
    return redirect("api-operations", api_id)


@require_POST
def remove(request: ActorRequest, api_id: str) -> HttpResponse:
    api_operations.remove(request.actor, api_id)
    messages.success(request, "The document and its operations are forgotten.")
    return redirect("api-operations", api_id)


def _imported(request: ActorRequest, api_id: str, form: DocumentForm) -> ImportedOperations | None:
    """None when the address gave nothing, which the form then says."""
    data, actor = form.cleaned_data, request.actor
    if data["document"]:
        return api_operations.import_file(actor, api_id, data["document"].read(), name=data["document"].name or "")
    if data["text"]:
        return api_operations.import_text(actor, api_id, data["text"])
    try:
        return api_operations.import_address(actor, api_id, data["address"])
    except Busy:
        raise
    except Unavailable as refusal:
        form.add_error("address", f"{refusal.what} {refusal.why} {refusal.do}")
        return None


def _page(
    request: ActorRequest, api_id: str, form: DocumentForm, failed: ImportedOperations | None, *, status: int = 200
) -> HttpResponse:
    filter_form, start = OperationFilterForm(request.GET), whole_number(request.GET.get("from", ""), digits=5) or 0
    words, tag = filter_form.chosen("q"), filter_form.tag_chosen()
    opened = api_operations.open_operations(request.actor, api_id, words=words, tag=tag, start=start)
    if tag is not None and tag not in (name for name, _ in opened.found.tags):
        filter_form.refuse_unknown("tag")
    learned = call_start.learned(request.actor, api_id) if opened.document is None else ()
    callers = [one for one in profiles.list_held(request.actor) if one.value.api_id == api_id and one.may("use")]
    chosen = filter_form.chosen("profile")
    if chosen and all(one.value.id != chosen for one in callers):
        filter_form.refuse_unknown("profile")
    chosen = filter_form.chosen("profile")
    caller = chosen or call_start.usual_profile(request.actor, api_id, [one.value.id for one in callers])
    context = {
        **operations_view(opened, callers, caller, filter_form, learned=learned, start=start, now=request.now),
        "can_make": integrates(request.actor),
        "form": form,
        "filter_errors": [error for listed in filter_form.errors.values() for error in listed],
        "unread": problem_rows(failed.read.problems) if failed else None,
    }
    return render(request, "apis/operations.html", context, status=422 if filter_form.errors else status)
