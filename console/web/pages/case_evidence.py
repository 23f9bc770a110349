"""Asking for evidence in a case, adding it, and the texts to hand on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.diagnosis.markdown import as_markdown
from console.core.errors import Busy, NotAllowed, NotFound, Stale
from console.core.json.text import visible_halves
from console.services import case_evidence, case_handing, cases, mail
from console.web.forms.base import ConsoleForm
from console.web.forms.case_evidence import MAX_FILE, MAX_HELD, TOO_MUCH, AddForm, AskForm, HandForm
from console.web.partials import render
from console.web.present.case_evidence import missing_rows, preview_view, supplements_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, case_id: str) -> HttpResponse:
    """What is missing, to choose from; a POST asks for it."""
    opened = case_evidence.open_for_asking(request.actor, case_id)
    form = AskForm(request.POST if request.method == "POST" else None, missing=opened.missing)
    if request.method == "POST" and form.is_valid():
        try:
            case_evidence.ask(request.actor, case_id, wanted=form.chosen(), other=form.cleaned_data["other"])
        except (NotAllowed, Stale) as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "It is asked for. Who made the case is told.")
            return redirect("case", case_id)
    rows = missing_rows(opened.missing, opened.asks)
    context = {"case": opened, "form": form, "rows": rows}
    return render(request, "cases/ask.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, case_id: str) -> HttpResponse:
    """First what would be added, as others would read it; then it is added."""
    opened = case_evidence.open_for_adding(request.actor, case_id)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, preview = AddForm(*posted, asks=opened.asks), None
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["held"]:
                return _added(request, case_id, form)
            handed = case_evidence.preview(request.actor, case_id, form.cleaned_data["evidence"])
        except (Busy, NotAllowed, Stale) as refusal:
            _refuse(form, refusal)
        else:
            preview = preview_view(handed)
            if len(preview["held"].encode("utf-8", "replace")) <= MAX_HELD:
                form = AddForm(initial={"held": preview["held"], "answers": form.chosen()}, asks=opened.asks)
            else:
                preview = form.add_error(None, TOO_MUCH)
    context = {"case": opened, "form": form, "preview": preview, "rows": missing_rows((), opened.asks)}
    return render(request, "cases/evidence.html", context, status=422 if form.errors else 200)


def _added(request: ActorRequest, case_id: str, form: AddForm) -> HttpResponse:
    news = case_evidence.add(request.actor, case_id, form.cleaned_data["evidence"], answers=form.chosen())
    messages.success(request, f"Added: {', '.join(news.parts)}. {news.told}")
    return redirect("case", case_id)


@require_POST
def give(request: ActorRequest, case_id: str) -> HttpResponse:
    """Hands the case to a named person, who gets a mail with the link."""
    form = HandForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            address = case_handing.give(request.actor, case_id, told["who"], right=told["right"])
        except NotAllowed as refusal:
            _refuse(form, refusal)
        else:
            by_hand = "" if mail.is_set_up() else " This console sends no mail: send them the link yourself."
            does = "answer in" if told["right"] == "use" else "read"
            messages.success(request, f"{address} may {does} it now.{by_hand}")
            return redirect("case", case_id)
    if not case_handing.may_be_given(request.actor, case_id):
        raise NotFound("There is no such case for you to give.")
    return render(
        request, "cases/give.html", {"case_id": case_id, "give_form": form, "has_mail": mail.is_set_up()}, status=422
    )


@require_GET
def ticket(request: ActorRequest, case_id: str, *, form: str) -> HttpResponse:
    """The text for a ticket as a file: txt or md."""
    opened = cases.open_case(request.actor, case_id)
    text = visible_halves(as_markdown(opened.ticket) if form == "md" else opened.ticket)
    kind = "text/markdown" if form == "md" else "text/plain"
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    name = f"case-{opened.record.number}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def panels(request: ActorRequest, opened: cases.OpenCase) -> dict[str, Any]:
    """What the page of a case shows beside the case itself."""
    return {
        "more": supplements_view(opened, request.now),
        "give_form": HandForm() if opened.can_give else None,
        "has_mail": mail.is_set_up(),
    }


def _refuse(form: ConsoleForm, refusal: Busy | NotAllowed | Stale) -> None:
    form.add_error(None, " ".join(one for one in (refusal.what, refusal.why, refusal.do) if one))
