"""What differs between two tokens, or two attempts of the history."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.services import comparison
from console.services.comparison import Compared, ComparedAttempts
from console.web.forms.inspection import CompareForm
from console.web.partials import render
from console.web.present.comparison import attempts_view, compared_view
from console.web.request import ActorRequest

CHOOSE_TWO = "Choose two attempts in the history to compare."
NOTHING_GOOD = "Nothing else with the same profile at the same API went well. " + CHOOSE_TWO


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def compare(request: ActorRequest) -> HttpResponse:
    """Two pastes by POST, or two attempts of the history by their ids (`?attempt=…&attempt=…`); one alone is compared
    with the last that went well before it. `of=calls` comes from the list, where two are to be ticked.
    """
    form = CompareForm(request.POST if request.method == "POST" else None)
    ids = request.GET.getlist("attempt")
    is_of_list = request.GET.get("of") == "calls"
    found = _of_history(request, ids) if (ids or is_of_list) and request.method == "GET" else None
    if isinstance(found, ComparedAttempts):
        return render(request, "inspect/compared_attempts.html", {"compared": attempts_view(found, request.now)})
    if request.method == "POST" and form.is_valid():
        found = comparison.of_pastes(request.actor, form.cleaned_data["before"], form.cleaned_data["after"])
    alone = ids[0] if is_of_list and len(set(ids)) == 1 else ""
    is_of_history = found is not None and request.method == "GET"
    result = compared_view(found) if found else None
    context = {"form": form, "result": result, "alone": alone, "is_of_history": is_of_history}
    return render(request, "inspect/compare.html", context, partial="result", status=422 if form.errors else 200)


def _of_history(request: ActorRequest, ids: list[str]) -> ComparedAttempts | Compared:
    if len(ids) > 2:
        return Compared("", "", problem=f"{len(ids)} attempts are chosen. {CHOOSE_TWO}")
    if request.GET.get("of") == "calls" and len(set(ids)) < 2:
        return Compared("", "", problem=f"{'One attempt' if ids else 'Nothing'} is chosen. {CHOOSE_TWO}")
    if len(set(ids)) == 2:
        return comparison.of_attempts(request.actor, ids[0], ids[1])
    return comparison.with_last_good(request.actor, ids[0]) or Compared("", "", problem=NOTHING_GOOD)
