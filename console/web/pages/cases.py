"""Cases: what one person hands to another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.evidence import evidence_json
from console.core.json.shown import shown_json
from console.core.json.text import json_text
from console.services import cases
from console.services import sharing as sharings
from console.web.forms.calls import CommentForm, EvidenceCaseForm
from console.web.pages import sharing
from console.web.partials import render
from console.web.present.cases import case_row, case_view
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    counts = sharings.counts(request.actor, "case")
    rows = [
        {**case_row(held.value, request.now), "share_count": counts.get(held.value.id, 0) if held.is_own else 0}
        for held in cases.list_cases(request.actor)
    ]
    return render(request, "cases/index.html", {"cases": rows})


@sensitive_post_parameters()
@require_POST
def new(request: ActorRequest) -> HttpResponse:
    """A case of evidence that a page of ours held: first what it would show, then the case."""
    form = EvidenceCaseForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/new.html", {"form": form, "evidence": ""}, status=422)
    told = form.cleaned_data
    if "make" in request.POST:
        case = cases.create_of(request.actor, told["evidence"], title=told["title"], note=told["note"])
        messages.success(request, "The case is made: support finds it in its list.")
        return redirect("case", case.id)
    handed = cases.preview_of(request.actor, told["evidence"])
    form = EvidenceCaseForm(initial={**told, "evidence": json_text(evidence_json(handed.evidence))})
    context = {
        "form": form,
        "evidence": shown_json(evidence_json(handed.evidence))[0],
        "masked_count": handed.hidden_values,
    }
    return render(request, "cases/new.html", context)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, case_id: str) -> HttpResponse:
    """Opens a case; a POST adds a comment."""
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cases.comment(request.actor, case_id, form.cleaned_data["text"])
        return redirect("case", case_id)
    opened = cases.open_case(request.actor, case_id)
    context = {
        "case": case_view(opened, request.now),
        "comment_form": form,
        "access": sharing.panel(request, sharings.access(request.actor, "case", case_id)),
    }
    return render(request, "cases/detail.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: ActorRequest, case_id: str) -> HttpResponse:
    cases.withdraw(request.actor, case_id)
    messages.success(request, "The case is gone: its address opens for nobody any more.")
    return redirect("cases")
