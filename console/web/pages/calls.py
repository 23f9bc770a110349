"""Send a call; read one of the past; follow long work."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.call import CallProblem
from console.core.errors import NotFound
from console.services import api_policies, calls, cases, long_work, opening, pins, saved_requests, tokens
from console.services.calls import OpenAttempt, SentCall
from console.services.destinations import Unconfirmed
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.web import production
from console.web.forms.calls import MAX_FILE, CallForm, CaseForm
from console.web.forms.snippets import CopyForm
from console.web.pages import readers
from console.web.pages.composing import mistakes_in, typed
from console.web.pages.own_fault import fault_behind, past_practice
from console.web.pages.profile_page import Happened, chosen, page_context, situation
from console.web.partials import render
from console.web.present.attempts import attempt_view
from console.web.present.cases import preview_view
from console.web.present.situation import Situation
from console.web.request import ActorRequest
from console.web.uploads import takes_files

REFUSED = (401, 403)
_AGAIN = {"token": long_work.look_with_token, "cancel": long_work.cancel, "leave": long_work.leave}


@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, profile_id: str) -> HttpResponse:
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    form = CallForm(typed(request, opened), request.FILES)
    if form.is_valid() and (question := production.question(request, opened.profile)):
        form.ask(question)
    sent = _sent(opened, form) if form.is_valid() else None
    if sent and sent.problem:
        form.add_error(sent.problem.field, _problem_words(opened, sent.problem))
    context = page_context(request, opened, Happened(_token_of(opened, sent), sent=sent, forms={"call": form}))
    return render(request, "profiles/detail.html", context, partial="call", status=422 if form.errors else 200)


@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def check(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The body that was typed, against the schema of its operation. Nothing is sent."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    form = CallForm(typed(request, opened), request.FILES)
    if request.htmx:
        context: dict[str, Any] = {"mistakes": mistakes_in(opened, form)}
    else:
        context = page_context(request, opened, Happened(tokens.stored(opened), forms={"call": form}))
    return render(request, "profiles/detail.html", context, partial="told")


def _sent(opened: OpenProfile, form: CallForm) -> SentCall | None:
    """None when its user has to confirm first where the Api leads, which the form then says."""
    try:
        return saved_requests.send(opened, form.to_draft(), form.to_upload())
    except Unconfirmed as refusal:
        form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
        return None


def _problem_words(opened: OpenProfile, problem: CallProblem) -> str:
    """With the way to its variables for who may change them."""
    if not problem.variable or not opened.held.may("manage"):
        return f"{problem.what} {problem.do}"
    address = f"{reverse('profile-variables', args=[opened.profile.id])}?{urlencode({'name': problem.variable})}"
    return format_html('{} <a href="{}">{}</a>', problem.what, address, problem.do)


def _token_of(opened: OpenProfile, sent: SentCall | None) -> Obtained | None:
    """The token that was sent, as the store gives it from now on; what is stored when none was asked for."""
    obtained = sent.obtained if sent else None
    if obtained is None or obtained.access_token is None:
        return tokens.stored(opened)
    return replace(obtained, is_from_store=True, steps=(), attempt_id=None)


@require_GET
def detail(request: ActorRequest, attempt_id: str) -> HttpResponse:
    return _page(request, calls.open_attempt(request.actor, attempt_id))


@require_POST
def again(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """One look at the monitor of long work, or what else its person wants of it."""
    _AGAIN.get(request.POST.get("do", ""), calls.look_again)(request.actor, attempt_id)
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
    messages.success(request, f"Case #{case.number} is made: support finds it in its queue.")
    return redirect("case", case.id)


@require_POST
def delete(request: ActorRequest, attempt_id: str) -> HttpResponse:
    calls.delete_attempt(request.actor, attempt_id)
    messages.success(request, "The attempt is deleted from your history.")
    return redirect("calls")


@require_POST
def pin(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """Keeps an attempt beyond its time (`keep=1`), or no longer."""
    wants_kept = request.POST.get("keep") == "1"
    pins.pin(request.actor, attempt_id, wants_kept=wants_kept)
    told = "Pinned: it stays in the history until it is unpinned." if wants_kept else "Unpinned: it goes with its time."
    messages.success(request, told)
    return redirect("call", attempt_id)


def _profile_of(request: ActorRequest, opened: OpenAttempt) -> OpenProfile | None:
    """None where it is gone, or not theirs to see."""
    record = opened.record
    if record.profile_id is None or not record.sees_profile:
        return None
    try:
        return opening.of_profile(request.actor, "view", record.profile_id)
    except NotFound:
        return None


def _here(opened: OpenAttempt, profile: OpenProfile | None, *, is_refused: bool) -> Situation | None:
    """What may be done about a past attempt with its profile; None without one."""
    record = opened.record
    if opened.diagnosis.primary is None or profile is None:
        return None
    fault = fault_behind(profile, opened)
    here = situation(profile, calls.went_well(calls.last_attempts(profile)), fault=fault)
    worked_id = here.given_id if record.kind == "token" else here.worked_id
    return replace(here, attempt_id=record.id, worked_id=worked_id, is_refused=is_refused, is_history=True)


def _page(
    request: ActorRequest, opened: OpenAttempt, *, form: CaseForm | None = None, partial: str = ""
) -> HttpResponse:
    record = opened.record
    is_refused = record.kind == "call" and record.status in REFUSED
    profile = _profile_of(request, opened)
    reader = readers.of_attempt(request.actor, opened)
    context = {
        "attempt": attempt_view(opened, request.now, reader, here=_here(opened, profile, is_refused=is_refused)),
        "practice": past_practice(profile, opened) if profile is not None and not partial else None,
        "policy_of": record.api_id if is_refused and api_policies.has_policy(request.actor, record.api_id) else "",
        "can_manage": opened.can_manage,
        "is_fragment": bool(partial),
        "copy_form": CopyForm() if record.exchanges and not partial else None,
        "case_form": form or CaseForm(initial={"title": cases.suggested_title(record.evidence, record.primary_cause)}),
    }
    return render(request, "calls/detail.html", context, partial=partial, status=422 if form else 200)
