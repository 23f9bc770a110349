"""Copy a call as another tool writes it: one of the past, or one that was typed and not sent."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from console.core.call import CallProblem
from console.core.snippets import SNIPPETS, snippet_of
from console.core.snippets.base import TokenWay
from console.core.snippets.made import MadeSnippet, make
from console.services import snippets, variables
from console.services.destinations import Unconfirmed
from console.services.opening import OpenProfile
from console.services.snippets import CopySource
from console.web import proof
from console.web.forms.calls import MAX_FILE, CallForm
from console.web.forms.snippets import CopyForm, ShownForm
from console.web.pages.composing import typed
from console.web.pages.profile_page import chosen
from console.web.partials import render
from console.web.present.snippets import snippet_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@require_GET
def of_attempt(request: ActorRequest, attempt_id: str) -> HttpResponse:
    source = snippets.of_attempt(request.actor, attempt_id)
    form = CopyForm(request.GET)
    made = _made(source, form) if form.is_valid() else None
    if made is not None and made.text and "file" in request.GET:
        return _file(made)
    context = {"attempt_id": attempt_id, "title": source.title, "copy_form": form, **_shown(made, source)}
    return _page(request, context, has_errors=bool(form.errors))


@require_http_methods(["GET", "POST"])
def shown(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """The same with values of ours in its text, each one asked for; audited. A GET comes from the proof."""
    if request.method == "GET":
        return redirect("call-copy", attempt_id)
    source = snippets.of_attempt(request.actor, attempt_id)
    opened = snippets.to_show(request.actor, source)
    proof.demand(request)
    form, shown_form = CopyForm(request.POST), ShownForm(request.POST)
    if not (form.is_valid() & shown_form.is_valid()):
        return _page(request, {"attempt_id": attempt_id, "title": source.title, "copy_form": form}, has_errors=True)
    wanted = set(_made(source, form).variables)  # of a record none, and of a way of its own no token
    asked = [
        one.field for one in source.shows if one.field in shown_form.cleaned_data["shown"] and one.variable in wanted
    ]
    source = snippets.with_shown(opened, source, asked)
    made = _made(source, form)
    context = {"attempt_id": attempt_id, "title": source.title, "copy_form": form, **_shown(made, source, asked)}
    return _page(request, context, has_errors=False)


@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def of_call(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The call comes by POST: what was typed may be secret, and stands in no address."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    call_form, form = CallForm(typed(request, opened), request.FILES), CopyForm(request.POST)
    is_valid = call_form.is_valid() & form.is_valid()
    source = _source(opened, call_form) if is_valid else None
    context = {
        "profile": opened.profile,
        "connection_id": opened.connection_id,
        "title": source.title if source else "",
        "call_form": call_form,
        "copy_form": form,
        **(_shown(_made(source, form), source) if source else {}),
    }
    return _page(request, context, has_errors=source is None)


def _source(opened: OpenProfile, form: CallForm) -> CopySource | None:
    """None when the call could not be sent as it was typed, which the form then says."""
    try:
        call = variables.call_for(opened, form.to_draft(), form.to_upload())
        found = call if isinstance(call, CallProblem) else snippets.of_call(opened, call)
    except Unconfirmed as refusal:
        form.add_error(None, f"{refusal.what} {refusal.why} {refusal.do}")
        return None
    if isinstance(found, CallProblem):
        form.add_error(found.field, f"{found.what} {found.do}".strip())
        return None
    return found


def _made(source: CopySource, form: CopyForm) -> MadeSnippet:
    snippet = snippet_of(form.cleaned_data["language"]) or SNIPPETS[0]
    return make(snippet, source.call, source.recipes, TokenWay(form.cleaned_data["token_from"]))


def _shown(made: MadeSnippet | None, source: CopySource, asked: Collection[str] = ()) -> dict[str, Any]:
    return {"snippet": snippet_view(made, source, asked)} if made is not None else {}


def _file(made: MadeSnippet) -> HttpResponse:
    answer = HttpResponse(made.text, content_type=f"{made.snippet.media_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.snippet.file_name}"'
    return answer


def _page(request: ActorRequest, context: dict[str, Any], *, has_errors: bool) -> HttpResponse:
    return render(request, "snippets/index.html", context, partial="snippet", status=422 if has_errors else 200)
