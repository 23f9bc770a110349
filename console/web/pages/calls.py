"""Send a call; read the history; follow long work."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.errors import NotFound
from console.services import api_policies, calls, cases, opening, tokens
from console.services.calls import OpenAttempt, SentCall
from console.services.destinations import Unconfirmed
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.web.forms.calls import CallForm, CaseForm
from console.web.pages import readers
from console.web.pages.profile_page import Happened, chosen, page_context, situation
from console.web.partials import render
from console.web.present.attempts import attempt_row, attempt_view
from console.web.present.cases import preview_view
from console.web.present.situation import Situation
from console.web.request import ActorRequest

PAGE_SIZE = 50
REFUSED = (401, 403)


@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, profile_id: str) -> HttpResponse:
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    form = CallForm(request.POST)
    sent = _sent(opened, form) if form.is_valid() else None
    if sent and sent.problem:
        form.add_error(sent.problem.field, f"{sent.problem.what} {sent.problem.do}")
    context = page_context(request, opened, Happened(_token_of(opened, sent), sent=sent, forms={"call": form}))
    return render(request, "profiles/detail.html", context, partial="call", status=422 if form.errors else 200)


def _sent(opened: OpenProfile, form: CallForm) -> SentCall | None:
    """None when its user has to confirm first where the Api leads, which the form then says."""
    try:
        return calls.send_for(opened, form.to_call())
    except Unconfirmed as refusal:
        form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
        return None


def _token_of(opened: OpenProfile, sent: SentCall | None) -> Obtained | None:
    """The token that was sent, as the store gives it from now on; what is stored when none was asked for."""
    obtained = sent.obtained if sent else None
    if obtained is None or obtained.access_token is None:
        return tokens.stored(opened)
    return replace(obtained, is_from_store=True, steps=(), attempt_id=None)


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """One page of the history; `?page=2` is the next older one, and what is no page is the first."""
    wanted = request.GET.get("page", "")
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 7 else 1
    page = max(1, page)
    found = calls.history(request.actor, limit=PAGE_SIZE + 1, skip=(page - 1) * PAGE_SIZE)
    context = {
        "attempts": [attempt_row(record, request.now) for record in found[:PAGE_SIZE]],
        "newer": page - 1,
        "older": page + 1 if len(found) > PAGE_SIZE else 0,
    }
    return render(request, "calls/index.html", context)


@require_GET
def detail(request: ActorRequest, attempt_id: str) -> HttpResponse:
    return _page(request, calls.open_attempt(request.actor, attempt_id))


@require_POST
def again(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """One look at the monitor of long work."""
    calls.look_again(request.actor, attempt_id)
    if not request.htmx:
        return redirect("call", attempt_id)
    return _page(request, calls.open_attempt(request.actor, attempt_id), partial="run")


@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """Shows what a case would hold, and freezes the attempt as one."""
    if request.method == "GET":
        return redirect("call", attempt_id)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, calls.open_attempt(request.actor, attempt_id), form=form)
    data = form.cleaned_data
    if "preview" in request.POST:
        handed = cases.preview(request.actor, attempt_id, with_bodies=data["with_bodies"])
        context = {"attempt_id": attempt_id, "case_form": form, "preview": preview_view(handed)}
        return render(request, "calls/share.html", context)
    case = cases.create(
        request.actor, attempt_id, title=data["title"], note=data["note"], with_bodies=data["with_bodies"]
    )
    messages.success(request, "The case is made. Send its address to support.")
    return redirect("case", case.id)


@require_POST
def delete(request: ActorRequest, attempt_id: str) -> HttpResponse:
    calls.delete_attempt(request.actor, attempt_id)
    messages.success(request, "The attempt is deleted from your history.")
    return redirect("calls")


def _here(request: ActorRequest, opened: OpenAttempt, *, is_refused: bool) -> Situation | None:
    """What may be done about a past attempt with its profile; None where that is gone, or not theirs to see."""
    record = opened.record
    if opened.diagnosis.primary is None or record.profile_id is None or not record.sees_profile:
        return None
    try:
        profile = opening.of_profile(request.actor, "view", record.profile_id)
    except NotFound:
        return None
    here = situation(profile, calls.comparable(calls.last_attempts(profile)))
    return replace(here, attempt_id=record.id, is_refused=is_refused, is_history=True)


def _page(
    request: ActorRequest, opened: OpenAttempt, *, form: CaseForm | None = None, partial: str = ""
) -> HttpResponse:
    record = opened.record
    is_refused = record.kind == "call" and record.status in REFUSED
    reader = readers.of_attempt(request.actor, record.api_id, opened.diagnosis, manages=opened.can_manage)
    context = {
        "attempt": attempt_view(opened, request.now, reader, here=_here(request, opened, is_refused=is_refused)),
        "policy_of": record.api_id if is_refused and api_policies.has_policy(request.actor, record.api_id) else "",
        "can_manage": opened.can_manage,
        "is_fragment": bool(partial),
        "case_form": form or CaseForm(initial={"title": opened.record.title}),
    }
    return render(request, "calls/detail.html", context, partial=partial, status=422 if form else 200)
