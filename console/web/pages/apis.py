"""APIs: what is called and what it demands of a token."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.actor import Role
from console.core.api import Api
from console.core.errors import Stale
from console.core.whole_number import whole_number
from console.services import api_operations, apis, matrix_results, policy_exchange
from console.services import sharing as sharings
from console.services.integrators import integrates
from console.web.forms.apis import ApiForm, DecisionForm, OpeningForm, initial_of
from console.web.forms.base import version_of
from console.web.long_lists import list_page
from console.web.pages import sharing
from console.web.partials import render
from console.web.present.apis import (
    APPROVED,
    CHANGED,
    CLOSED,
    DECLINED,
    DISMISSED,
    NOT_DISMISSED,
    OPENED,
    api_row,
    api_view,
    publication,
    saved_words,
)
from console.web.present.matrix import matrices_view
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    counts, administers = sharings.counts(request.actor, "api"), request.actor.has(Role.ADMIN)
    found = list_page(
        request,
        apis.list_held(request.actor),
        lambda one: f"{one.value.name} {one.value.base_url}",
        url=reverse("apis"),
    )
    rows = [api_row(one, share_count=counts.get(one.value.id, 0), administers=administers) for one in found.rows]
    context = {"list": found, "apis": rows, "can_make": integrates(request.actor)}
    return render(request, "apis/index.html", context, status=422 if found.form.errors else 200)


@require_GET
def detail(request: ActorRequest, api_id: str) -> HttpResponse:
    return _page(request, api_id)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    form = ApiForm(
        request.POST if request.method == "POST" else None, initial={"base_url": request.GET.get("base_url", "")}
    )
    if request.method == "POST" and form.is_valid():
        draft = form.to_api()
        filled = policy_exchange.filled(draft)
        api = apis.create(request.actor, filled)
        told = " What it demands of a token was filled in from the policy." if filled != draft else ""
        messages.success(request, f"The API is saved. Profiles can now be made for it.{told}")
        _tell_unreadable(request, api)
        return redirect("api", api.id)
    return render(request, "apis/new.html", {"form": form}, partial="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, api_id: str) -> HttpResponse:
    api = apis.get_to_edit(request.actor, api_id)
    form = ApiForm(request.POST if request.method == "POST" else None, initial=initial_of(api))
    if request.method == "POST" and form.is_valid():
        try:
            expected = form.cleaned_data["version"]
            after = apis.update(request.actor, api_id, form.to_api(), expected_version=expected)
            messages.success(request, saved_words(after))
            _tell_unreadable(request, after)
            return redirect("api", api_id)
        except Stale as refusal:
            form.add_stale(refusal, version=api.version)
    context = {"form": form, "api": api, "must_wait": apis.waits_where_it_leads(request.actor, api)}
    return render(request, "apis/edit.html", context, partial="form", status=422 if form.errors else 200)


def _tell_unreadable(request: ActorRequest, api: Api) -> None:
    """The text is kept as it was typed, so that it can be mended; nothing can be told from it until then."""
    problem = apis.policy_problem(api)
    if problem is not None:
        at = f" (line {problem.line})" if problem.line else ""
        messages.warning(
            request,
            f"The gateway policy is kept but cannot be read{at}, so no diagnosis uses it. {problem.what} {problem.do}",
        )


@require_POST
def publish(request: ActorRequest, api_id: str) -> HttpResponse:
    """Opens or closes the version that was seen: another is shown first."""
    is_published = "publish" in request.POST
    form = OpeningForm(request.POST if is_published else None)
    if is_published and request.actor.has(Role.ADMIN) and not form.is_valid():  # who may not is told that, below
        return _page(request, api_id, opening=form)
    try:
        apis.publish(request.actor, api_id, is_published=is_published, expected_version=_version(request))
    except Stale:
        return _page(request, api_id, opening=form, is_stale=True)
    messages.success(request, OPENED if is_published else CLOSED)
    return redirect("api", api_id)


@require_POST
def decide(request: ActorRequest, api_id: str) -> HttpResponse:
    """Approves or declines what waits, as it was seen."""
    form, is_approved = DecisionForm(request.POST), "approve" in request.POST
    if not form.is_valid():
        return _page(request, api_id, decision=form)
    told = {"is_approved": is_approved, "reason": form.cleaned_data["reason"]}
    try:
        apis.decide(request.actor, api_id, expected_version=_version(request), **told)
    except Stale:
        return _page(request, api_id, decision=form, is_stale=True)
    messages.success(request, APPROVED if is_approved else DECLINED)
    return redirect("api", api_id)


@require_POST
def dismiss(request: ActorRequest, api_id: str) -> HttpResponse:
    """Takes what was declined off its owner's home page."""
    decided_at = whole_number(request.POST.get("decided", ""), digits=12)
    is_done = apis.dismiss(request.actor, api_id, decided_at=-1 if decided_at is None else decided_at)
    (messages.success if is_done else messages.warning)(request, DISMISSED if is_done else NOT_DISMISSED)
    return redirect("start")


@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, api_id: str) -> HttpResponse:
    if request.method == "POST":
        apis.delete(request.actor, api_id)
        messages.success(request, "The API is deleted. Profiles that named it keep working without it.")
        return redirect("apis")
    return render(request, "apis/delete.html", {"api": apis.get(request.actor, "manage", api_id)})


def _version(request: ActorRequest) -> int:
    return version_of(request.POST.get("version", ""))


def _page(
    request: ActorRequest,
    api_id: str,
    *,
    decision: DecisionForm | None = None,
    opening: OpeningForm | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    """The Api's page, 422 with what was not done because it had changed, or could not be read."""
    stored = apis.get_held(request.actor, "view", api_id)
    filled = apis.filled(request.actor, stored)
    context = {
        "api": api_view(filled, request.actor),
        "publication": publication(stored, request.actor, request.now),
        "access": sharing.panel(request, sharings.access(request.actor, "api", api_id)),
        "beyond": policy_exchange.beyond_expectation(filled.value),
        "problem": CHANGED if is_stale else "",
        "decision": decision or DecisionForm(),
        "opening": opening or OpeningForm(),
        "document": api_operations.counted(request.actor, api_id) if stored.value.operation_count else None,
        "can_make": integrates(request.actor),
        "matrices": matrices_view(matrix_results.of_api(request.actor, api_id), now=request.now),
    }
    return render(request, "apis/detail.html", context, status=422 if decision or opening else 200)
