"""The history of calls and token requests, narrowed by what stands in the address."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from console.core.whole_number import whole_number
from console.services import history, turning
from console.services.history import HistoryPlace
from console.services.integrators import integrates
from console.web.forms.history import HistoryForm
from console.web.partials import render
from console.web.present.history import history_view
from console.web.present.turning import turning_view
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """The newest page of what the form in the address wants; `?before=` is where an older one begins."""
    form = HistoryForm(request.GET)
    if not form.is_valid():
        return render(request, "calls/index.html", {"form": form, "title": "Calls"}, status=422)
    page = history.read(request.actor, form.wanted(), form.chosen_span(), before=_place(request.GET.get("before", "")))
    form.offer(page)
    if form.errors:
        return render(request, "calls/index.html", {"form": form, "title": "Calls"}, status=422)
    context = {"form": form, "is_filtered": bool(form.changed()), "can_make": integrates(request.actor)}
    context |= history_view(page, form, request.now)
    return render(request, "calls/index.html", context)


@require_GET
def since(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """Of a failing attempt: the last good one before it, the first bad one, and what is different."""
    found = turning.of_attempt(request.actor, attempt_id)
    return render(request, "calls/since.html", {"turn": turning_view(found, request.now)})


def _place(text: str) -> HistoryPlace | None:
    """ "1764380000.<id>"; None, which is the newest page, for what is none."""
    at, _, attempt_id = text.partition(".")
    moment = whole_number(at, digits=11)
    return HistoryPlace(moment, attempt_id) if moment is not None and history.is_id(attempt_id) else None
