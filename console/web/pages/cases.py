"""Cases: the queue, one case with its conversation, and making one of what a page of ours held."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.actor import Role
from console.core.attempts.handed_over import HandedOver
from console.core.attempts.history import HistorySpan
from console.core.cases.listing import NOBODY
from console.core.cases.state import CaseState, waits_for
from console.core.errors import Busy, NotAllowed, Refusal, Stale
from console.core.evidence import evidence_json, evidence_text
from console.core.json.shown import shown_json
from console.services import case_files, cases, refusal_hours, turning
from console.services import sharing as sharings
from console.services.cases import OpenCase
from console.web.forms.base import ConsoleForm
from console.web.forms.calls import EvidenceCaseForm
from console.web.forms.cases import AnswerForm, CaseFilterForm, EndForm, SolveForm, person_of, place_of
from console.web.pages import case_evidence, sharing
from console.web.partials import render
from console.web.present.case_evidence import filled_answer
from console.web.present.case_queue import queue_view
from console.web.present.cases import case_view, preview_view
from console.web.present.refusal_hours import hours_view, queue_link
from console.web.present.what_rose import refusals_told, what_rose
from console.web.request import ActorRequest

ENTERS_TALK = ("answer", "end")  # deeds whose only sign is the newest entry of the conversation


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """One page of what the filter in the address names; `?after=` is where it begins."""
    form = CaseFilterForm(request.GET)
    wanted, after = form.wanted(), place_of(request.GET.get("after", ""))
    found = cases.queue(request.actor, wanted, after=after)
    for name in found.unknown:
        form.refuse_unknown(name)
    context = {"form": form, "queue": queue_view(found, form, wanted, request.now), "is_first": after is None}
    context["keeps_catalogue"] = case_files.may_import(request.actor)
    context |= _hours(request, {one.value for one in found.choices.causes}) if not request.GET else {}
    return render(request, "cases/index.html", context, status=422 if form.errors else 200)


def _hours(request: ActorRequest, causes: set[str]) -> dict[str, Any]:
    """What was refused in the last 24 hours: the sums of everybody for who may see them; nothing for nothing.

    `causes` are those of which the queue has a case.
    """
    found = refusal_hours.per_hour(request.actor, of_everybody=True)
    if not found.courses:
        return {}
    told = f"{refusals_told(found.sum, HistorySpan.DAY)}. {what_rose(found)}"
    of_everybody = refusal_hours.may_see_sums(request.actor)
    return {"hours": hours_view(found, queue_link(causes)), "lead": told, "of_everybody": of_everybody}


@sensitive_post_parameters()
@require_POST
def new(request: ActorRequest) -> HttpResponse:
    """A case of evidence that a page of ours held: first what it would show, then the case."""
    form = EvidenceCaseForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/new.html", {"form": form, "evidence": ""}, status=422)
    told = form.cleaned_data
    if "make" in request.POST:
        case = cases.create_of(
            request.actor, told["evidence"], title=told["title"], note=told["note"], api_name=told["api"]
        )
        messages.success(request, f"Case #{case.number} is made: support finds it in its queue.")
        return redirect("case", case.id)
    handed = cases.preview_of(request.actor, told["evidence"])
    form = EvidenceCaseForm(initial={**told, "evidence": evidence_text(handed.evidence)})
    return render(request, "cases/new.html", _preview(form, handed))


def _preview(form: EvidenceCaseForm, handed: HandedOver) -> dict[str, Any]:
    shown = shown_json(evidence_json(handed.evidence))[0]
    return {"form": form, "evidence": shown, "preview": preview_view(handed)}


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, case_id: str) -> HttpResponse:
    """Opens a case; a POST adds an answer, and says whose turn it is. With `fill` it puts the text to answer with into
    the box, below what was typed, and keeps nothing."""
    if request.method == "GET" or "fill" in request.POST:
        return _page(request, case_id)
    form = AnswerForm(request.POST, can_work=True)

    def answer() -> None:
        cases.answer(request.actor, case_id, form.cleaned_data["text"], then=form.state())

    return _done(request, case_id, "answer", form, answer)


@require_POST
def assign(request: ActorRequest, case_id: str) -> HttpResponse:
    """`person` is who looks after it from now on; without one nobody does."""
    text = request.POST.get("person", "")
    person = person_of(text)
    if person is None and text not in ("", NOBODY):
        raise NotAllowed("There is no such person.", why="A case is given to somebody of the list, or to nobody.")
    return _done(request, case_id, "work", None, lambda: cases.assign(request.actor, case_id, person))


@require_POST
def wait(request: ActorRequest, case_id: str) -> HttpResponse:
    """`state` is whom it waits for from now on."""
    state = CaseState.read(request.POST.get("state", CaseState.FOR_SUPPORT.value))
    if state is None:
        raise NotAllowed("A case waits for nobody like that.", why="Only those of the list can be waited for.")
    return _done(request, case_id, "work", None, lambda: cases.wait_for(request.actor, case_id, state))


@require_POST
def solve(request: ActorRequest, case_id: str) -> HttpResponse:
    """What it really was; with `all`, of those too that the page named."""
    form = SolveForm(request.POST, diagnosis=cases.diagnosis_of(request.actor, case_id))
    also = request.POST.getlist("also")[:100] if "all" in request.POST else []

    def solved() -> None:
        told = form.cleaned_data["sentence"]
        numbers = cases.solve(request.actor, case_id, cause=form.true_cause(), sentence=told, also=also)
        solved = ", ".join(f"#{number}" for number in numbers)
        messages.success(request, f"Solved: {solved}. Who made {'it' if len(numbers) == 1 else 'them'} is told.")

    return _done(request, case_id, "solve", form, solved)


@require_POST
def close(request: ActorRequest, case_id: str) -> HttpResponse:
    form = EndForm(request.POST)
    return _done(
        request, case_id, "end", form, lambda: cases.close(request.actor, case_id, why=form.cleaned_data["why"])
    )


@require_POST
def reopen(request: ActorRequest, case_id: str) -> HttpResponse:
    form = EndForm(request.POST)
    return _done(
        request, case_id, "end", form, lambda: cases.reopen(request.actor, case_id, why=form.cleaned_data["why"])
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, case_id: str) -> HttpResponse:
    """Asks once more; a POST deletes the case."""
    if request.method == "GET":
        held = cases.to_withdraw(request.actor, case_id)
        deed = f"{'Withdraw' if held.is_own else 'Delete'} case #{held.value.number}"
        facts = [] if held.is_own else [f"It is of {held.value.owner_email}."]
        return render(request, "cases/withdraw.html", {"case": held.value, "deed": deed, "facts": facts})
    cases.withdraw(request.actor, case_id)
    messages.success(request, "The case is gone: its address opens for nobody any more.")
    return redirect("cases")


def _done(
    request: ActorRequest, case_id: str, name: str, form: ConsoleForm | None, act: Callable[[], None]
) -> HttpResponse:
    """Does it, and shows the case; what is refused is said on the page, where what was typed still stands."""
    if form is not None and not form.is_valid():
        return _page(request, case_id, **{name: form})
    try:
        act()
    except (Busy, NotAllowed, Stale) as refusal:
        if form is None:
            raise
        form.add_error(None, _sentences(refusal))
        return _page(request, case_id, **{name: form})
    answer = redirect("case", case_id)
    if name in ENTERS_TALK:
        answer.headers["Location"] += "#newest"
    return answer


def _sentences(refusal: Refusal) -> str:
    return " ".join(one for one in (refusal.what, refusal.why, refusal.do) if one)


def _page(request: ActorRequest, case_id: str, **typed: ConsoleForm) -> HttpResponse:
    opened = cases.open_case(request.actor, case_id)
    access = sharing.panel(request, sharings.access(request.actor, "case", case_id))
    context = {
        "case": case_view(opened, request.now, administers=request.actor.has(Role.ADMIN)),
        "address": request.build_absolute_uri(reverse("case", args=[case_id])),
        "access": {**access, "owner": opened.record.owner_name},  # named as on the rest of the page
        "turned": opened.record.attempt_id if turning.may_look(request.actor, opened.record.attempt_id) else "",
        **case_evidence.panels(request, opened),
        **_forms(opened, typed, fill=request.POST if "fill" in request.POST else None),
    }
    return render(request, "cases/detail.html", context, status=422 if typed else 200)


def _forms(opened: OpenCase, typed: dict[str, ConsoleForm], *, fill: QueryDict | None) -> dict[str, ConsoleForm]:
    primary = opened.diagnosis.primary
    then = waits_for(primary.owner if primary else None) if opened.record.state.is_open else ""
    begun = {"then": then} if fill is None else filled_answer(opened, fill)
    answer = typed.get("answer") or AnswerForm(can_work=opened.can_work, initial=begun)
    if fill is not None:
        answer.fields["text"].widget.attrs |= {"rows": 14, "autofocus": True}
    if not opened.can_work:
        answer.fields.pop("then", None)
    solve_form = typed.get("solve") or SolveForm(diagnosis=opened.diagnosis)
    return {"answer_form": answer, "solve_form": solve_form, "end_form": typed.get("end") or EndForm()}
