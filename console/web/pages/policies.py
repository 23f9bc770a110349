"""The policy editor: a policy and a token in, what the gateway would do out. Everything by POST; nothing is stored.

One form, whose pressed button says what is wanted beside the verdict: `do=fetch`, `apply:<id>`, `save`, `add-row`,
`write:<kind>`.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.core.errors import NotAllowed, NotFound, Refusal, Stale
from console.core.policy.expectation.to_policy import UnwritablePolicy
from console.core.policy.token.token_policy import AZURE_AD, JWT, Kind
from console.services import api_policies, policies, policy_exchange
from console.services.api_policies import ApiPolicy
from console.services.policies import Question
from console.web.forms.policies import RowNameForm
from console.web.forms.policy_editor import Editor, changed, editor
from console.web.pages.api_policy import FILES
from console.web.partials import render
from console.web.present.policies import answer_view
from console.web.present.policy_hand_on import policy_hand_on
from console.web.present.policy_repairs import edit_id
from console.web.present.policy_table import table_view
from console.web.request import ActorRequest

KINDS: dict[str, Kind] = {JWT: JWT, AZURE_AD: AZURE_AD}


@dataclass(frozen=True, slots=True)
class PressOutcome:
    """What a press came to. `said` are (status, sentence) pairs; `has_new_text` when the editor's text was replaced."""

    editor: Editor
    said: tuple[tuple[str, str], ...] = ()
    result: dict[str, Any] | None = None
    has_new_text: bool = False
    has_new_rows: bool = False
    has_kept_values: bool = False
    fetch_problems: dict[str, str] = field(default_factory=dict)
    hands_on: bool = False
    status: int = 200


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def any_policy(request: ActorRequest) -> HttpResponse:
    """Any policy with any token."""
    return _page(request, None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def of_api(request: ActorRequest, api_id: str) -> HttpResponse:
    """The policy of an Api; `?profile=<id>` chooses whose token is tried, `?call=<id>` judges a past call."""
    return _page(request, api_policies.open_policy(request.actor, api_id))


def _page(request: ActorRequest, opened: ApiPolicy | None) -> HttpResponse:
    if request.method == "GET":
        return _shown(request, _opened(request, opened))
    try:
        return _shown(request, _acted(request, editor(request.actor, request.POST, opened=opened)))
    except (Stale, NotAllowed) as refusal:
        edited = editor(request.actor, request.POST, opened=opened)
        return _shown(request, PressOutcome(edited, (("fail", _sentence(refusal)),), status=422))


def _opened(request: ActorRequest, opened: ApiPolicy | None) -> PressOutcome:
    """The editor as it is first shown; with the verdict on a past call when one is named."""
    call, profile = request.GET.get("call", ""), request.GET.get("profile", "")
    token_from = f"call:{call}" if call and opened else f"profile:{profile}" if profile else ""
    edited = editor(request.actor, None, opened=opened, initial={"token_from": token_from} if token_from else {})
    if not call or opened is None:
        return PressOutcome(edited)
    answer = api_policies.judge_past_call(request.actor, opened, call)
    proposals = policies.proposals(request.actor, answer)
    return PressOutcome(edited, result=answer_view(answer, proposals=proposals))


def _acted(request: ActorRequest, edited: Editor) -> PressOutcome:
    """What the pressed button asked for, and the verdict on what is in the editor then."""
    wanted, _, detail = request.POST.get("do", "").partition(":")
    if wanted == "write" and detail in KINDS and edited.opened is not None and edited.can_save:
        return _judged(_written(edited, edited.opened, detail))
    if not edited.is_valid:
        return PressOutcome(edited, status=422)
    try:
        question = edited.question()
    except NotFound as gone:  # a token or row that was there when the form was filled in
        return PressOutcome(edited, (("fail", _sentence(gone)),), status=422)
    if wanted == "fetch":
        return _judged(PressOutcome(edited, fetch_problems=policies.fetch_metadata(request.actor, question)))
    if wanted == "apply":
        return _judged(_applied(edited, question, detail))
    if wanted == "save" and edited.opened is not None:
        return _judged(_saved(edited, edited.opened))
    if wanted == "add-row" and edited.opened is not None:
        return _judged(_added(edited, edited.opened, question, RowNameForm(request.POST)))
    return _judged(PressOutcome(edited, hands_on=wanted == "hand-on"))


def _judged(outcome: PressOutcome) -> PressOutcome:
    edited = outcome.editor
    if not edited.is_valid:
        return replace(outcome, status=422)
    answer = policies.judge(edited.actor, edited.question())
    proposals = policies.proposals(edited.actor, answer)
    result = answer_view(answer, proposals=proposals, problems=outcome.fetch_problems)
    if outcome.hands_on:
        result["hand_on"] = policy_hand_on(answer)
    return replace(outcome, result=result)


def _applied(edited: Editor, question: Question, wanted: str) -> PressOutcome:
    """The text with a proposed edit in it, found again from what was sent."""
    answer = policies.judge(edited.actor, question)
    text = next((one.policy_text for one in policies.proposals(edited.actor, answer) if edit_id(one) == wanted), None)
    if text is None:
        gone = "This edit was proposed for another text: what stands in the editor now is unchanged."
        return PressOutcome(edited, (("warning", gone),))
    said = "The edit is in the editor. It is kept nowhere until you save or copy it."
    return PressOutcome(changed(edited, edited.opened, policy=text), (("notice", said),), has_new_text=True)


def _written(edited: Editor, opened: ApiPolicy, kind: str) -> PressOutcome:
    """A policy made from what the Api demands, put into the editor; what stands there stays when none can be made."""
    written = policy_exchange.written(opened, KINDS[kind])
    if isinstance(written, UnwritablePolicy):
        return PressOutcome(edited, (("fail", f"{written.what} {written.do}"),))
    said = (("notice", "A policy is written from what the API demands. Nothing is saved yet."),)
    notes = tuple(("warning", note) for note in written.notes)
    return PressOutcome(changed(edited, opened, policy=written.text), (*said, *notes), has_new_text=True)


def _saved(edited: Editor, opened: ApiPolicy) -> PressOutcome:
    """Keeps text, values and switches with the Api; the page goes on from there."""
    data = edited.form.cleaned_data
    api = api_policies.save(
        edited.actor,
        opened.api.id,
        text=data["policy"],
        typed=edited.values.typed(),
        switches=edited.switches.chosen(),
        version=data["version"],
    )
    again = changed(edited, api_policies.open_policy(edited.actor, api.id), version=str(api.version))
    said = (("pass", "The policy is saved with the API."),)
    return PressOutcome(again, said, has_new_rows=True, has_kept_values=True)


def _added(edited: Editor, opened: ApiPolicy, question: Question, named: RowNameForm) -> PressOutcome:
    """One more row of the table."""
    if not named.is_valid():
        wrong = tuple(("fail", f"Name of the row: {told}") for told in named.errors["row_name"])
        return PressOutcome(edited, wrong, status=422)
    name = named.cleaned_data["row_name"] or "Row without a name"
    answer = policies.judge(edited.actor, question)
    api_policies.add_sample(edited.actor, opened.api.id, answer, name=name)
    again = changed(edited, opened)
    return PressOutcome(
        again, (("pass", "The row is kept without the token's signature and other secrets."),), has_new_rows=True
    )


def _sentence(refusal: Refusal) -> str:
    return " ".join(filter(None, (refusal.what, refusal.why, refusal.do, refusal.who)))


def _shown(request: ActorRequest, outcome: PressOutcome) -> HttpResponse:
    edited = outcome.editor
    opened = edited.opened
    needs_table = opened is not None and (outcome.has_new_rows or not request.htmx)
    table = table_view(opened, api_policies.table(edited.actor, opened)) if opened and needs_table else None
    context = {"editor": edited, "form": edited.form, "result": outcome.result, "outcome": outcome, "table": table}
    if outcome.has_new_text and request.htmx:
        edited.form.fields["policy"].widget.attrs["hx-swap-oob"] = "true"
    if outcome.has_kept_values:
        edited.values.replace_in_browser()
    context["files"], context["row_name"] = list(FILES), request.POST.get("row_name", "")
    context["title"] = f"Policy of {opened.api.name}" if opened else "Policy"
    return render(request, "policies/index.html", context, partial="result", status=outcome.status)
