"""What differs between two tokens."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.services import comparison
from console.services.comparison import Compared
from console.web.forms.inspection import CompareForm
from console.web.partials import render
from console.web.present.comparison import compared_view
from console.web.request import ActorRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def compare(request: ActorRequest) -> HttpResponse:
    """Two pastes by POST, or two attempts of the history by their ids (`?attempt=…&attempt=…`)."""
    form = CompareForm(request.POST if request.method == "POST" else None)
    found = _of_history(request)
    if request.method == "POST" and form.is_valid():
        found = comparison.of_pastes(request.actor, form.cleaned_data["before"], form.cleaned_data["after"])
    context = {"form": form, "result": compared_view(found) if found else None}
    return render(request, "inspect/compare.html", context, partial="result", status=422 if form.errors else 200)


def _of_history(request: ActorRequest) -> Compared | None:
    ids = request.GET.getlist("attempt")
    if not ids:
        return None
    if len(ids) != 2:
        return Compared("", "", problem="Choose exactly two attempts of your history to compare.")
    return comparison.of_attempts(request.actor, ids[0], ids[1])
