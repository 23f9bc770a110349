"""A new API from its OpenAPI document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.core.actor import Actor
from console.core.errors import Busy, Unavailable
from console.core.openapi.model import MAX_BYTES
from console.services import api_from_document, document_reading
from console.services.document_reading import FoundDocument
from console.web.forms.api_operations import NewFromDocumentForm
from console.web.partials import render
from console.web.present.api_operations import imported_words, problem_rows
from console.web.present.policy_expectation import FIELDS, left_words
from console.web.request import ActorRequest
from console.web.uploads import takes_files

NO_ADDRESS = "The document names no whole address at which the API is served. Give its base URL here."


@takes_files(MAX_BYTES)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Makes the API, and shows it with what was filled in; 422 with what is wrong, and nothing made."""
    if request.method == "GET":
        return render(request, "apis/from_document.html", {"form": NewFromDocumentForm()})
    form = NewFromDocumentForm(request.POST, request.FILES)
    found = _found(request.actor, form) if form.is_valid() else None
    unread = problem_rows(found.read.problems) if found and not found.read.operations else None
    if found is not None and unread is None:
        drafted = api_from_document.draft(
            found.read, name=form.cleaned_data["name"], base_url=form.cleaned_data["base_url"]
        )
        if drafted.api is not None:
            api, imported = api_from_document.make(request.actor, drafted.api, found)
            read = ", ".join(FIELDS[one] for one in drafted.filled)
            messages.success(request, f"{imported_words(imported)} Filled in from it: {read or 'nothing else'}.")
            for one in drafted.left_out:
                messages.warning(request, left_words(one))
            return redirect("api", api.id)
        form.add_error("base_url", NO_ADDRESS)
        for one in drafted.left_out:
            form.add_error(one.name if one.name in form.fields else None, left_words(one))
    return render(request, "apis/from_document.html", {"form": form, "unread": unread}, status=422)


def _found(actor: Actor, form: NewFromDocumentForm) -> FoundDocument | None:
    """None when the address gave nothing, which the form then says."""
    api_from_document.may_make(actor)
    data = form.cleaned_data
    if data["document"]:
        return document_reading.of_file(actor, data["document"].read(), name=data["document"].name or "")
    if data["text"]:
        return document_reading.of_text(actor, data["text"])
    try:
        return document_reading.of_address(actor, data["address"])
    except Busy:
        raise
    except Unavailable as refusal:
        form.add_error("address", f"{refusal.what} {refusal.why} {refusal.do}")
        return None
