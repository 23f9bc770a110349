"""What belongs to the policy of an Api beside the editor: rows of its table, files for a build, its expectation."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.actor import Actor
from console.core.errors import Stale
from console.core.policy.engine.model import Verdict
from console.services import api_filling, api_policies, policy_exchange
from console.web.forms.base import version_of
from console.web.forms.policies import SampleForm
from console.web.partials import render
from console.web.present.policy_expectation import filling_view
from console.web.request import ActorRequest

JSON, XML = "application/json", "application/xml"


@require_POST
def row(request: ActorRequest, api_id: str, row_id: str) -> HttpResponse:
    """Changes or deletes one row of the table: the name of the pressed button says which."""
    if "delete" in request.POST:
        api_policies.delete_sample(request.actor, api_id, row_id)
        messages.success(request, "The row is deleted.")
        return _to_table(api_id)
    form = SampleForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        api_policies.change_sample(
            request.actor, api_id, row_id,
            name=data["name"], expects=Verdict(data["expects"]), reason=data["reason"],
        )  # fmt: skip
        messages.success(request, "The row is saved.")
    else:
        told = [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
        messages.error(request, "The row is not changed. " + " ".join(told))
    return _to_table(api_id)


@require_GET
def file(request: ActorRequest, api_id: str, name: str) -> HttpResponse:
    """A file for a build server, without secrets."""
    if name not in FILES:
        raise Http404
    kind, content = FILES[name]
    answer = HttpResponse(content(request.actor, api_id), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
def expectation(request: ActorRequest, api_id: str) -> HttpResponse:
    """What policy and document say beside what the Api says now, to be taken over value by value."""
    problem, chosen = "", request.POST.getlist("take") if request.method == "POST" else None
    if chosen is not None:
        try:
            known, _, seen = request.POST.get("version", "").partition(".")
            api_filling.take(request.actor, api_id, chosen, seen=seen, expected_version=version_of(known))
            messages.success(request, "The API now says what was read." if chosen else "Nothing was ticked.")
            return redirect("api", api_id)
        except Stale as refusal:
            problem = f"{refusal.what} Look at it as it is now, then take it over again."
    filling = api_filling.read(request.actor, api_id)
    context = {"api": filling.api, "reading": filling_view(filling, chosen), "problem": problem}
    return render(request, "policies/expectation.html", context, status=422 if problem else 200)


def _to_table(api_id: str) -> HttpResponse:
    return redirect(f"{reverse('api-policy', args=[api_id])}#table")


def _json(read: Callable[[Actor, str], object]) -> Callable[[Actor, str], str]:
    return lambda actor, api_id: json.dumps(read(actor, api_id), indent=2) + "\n"


FILES: dict[str, tuple[str, Callable[[Actor, str], str]]] = {
    "policy.xml": (XML, policy_exchange.policy_file),
    "table.json": (JSON, _json(policy_exchange.table_file)),
    "metadata.json": (JSON, _json(policy_exchange.metadata_file)),
    "values.json": (JSON, _json(policy_exchange.values_file)),
}
