"""The reference: what this console knows, searched, listed by kind, and one page for each entry.

What is searched for comes by POST, for people paste whole error texts, and now and then more than that: no address, log
or history holds it.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from console.core.reference.entry import EntryKind
from console.services import reference
from console.web.partials import render
from console.web.present.reference import entry_view, found_view, kinds_view, list_view
from console.web.request import ActorRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The kinds; with what was found where something was searched for."""
    text = request.POST.get("text", "")
    found = found_view(text, reference.search(text)) if request.method == "POST" else None
    context = {"kinds": kinds_view(reference.catalogue()), "found": found}
    return render(request, "reference/index.html", context, partial="found")


@require_GET
def entries(request: ActorRequest, entry_kind: str) -> HttpResponse:
    """One page of a kind: of one group with `?group=`, from the entry on that `?from=` names."""
    kind, asked = EntryKind(entry_kind), request.GET
    view = list_view(reference.of_kind(kind), kind, group=asked.get("group", ""), first=asked.get("from", ""))
    return render(request, "reference/list.html", {"list": view})


@require_GET
def entry(request: ActorRequest, entry_kind: str, slug: str) -> HttpResponse:
    """One entry; a name in another letter case leads to its own address."""
    found, links = reference.entry(EntryKind(entry_kind), slug)
    if found.slug != slug:
        return redirect(reverse("reference-entry", args=(found.kind, found.slug)))
    return render(request, "reference/entry.html", {"entry": entry_view(found, links)})
