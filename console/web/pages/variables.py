"""What {{names}} stand for in the calls of a profile."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.core.actor import Right
from console.core.compose.variables import NAME, VariableSets
from console.core.errors import Stale
from console.core.redaction.redact import redact_text
from console.services import opening, variables
from console.web.forms.variables import VariablesForm, lines_of
from console.web.partials import render
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def of_profile(request: ActorRequest, profile_id: str) -> HttpResponse:
    """Whoever sees the profile sees them; what its owner's profiles share is the owner's to change."""
    right: Right = "manage" if request.method == "POST" else "view"
    opened = opening.of_profile(request.actor, right, profile_id)
    kept = variables.of_opened(opened)
    wanted = _wanted(request.GET.get("name", ""), kept)
    own = {**kept.own, wanted: ""} if wanted else kept.own
    initial = {"own": lines_of(own), "shared": lines_of(kept.shared), "version": str(kept.version)}
    form = VariablesForm(request.POST if request.method == "POST" else None, initial=initial)
    if not opened.held.is_own or not opened.profile.environment:
        del form.fields["shared"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            variables.save(opened, data["own"], data.get("shared"), version=data["version"])
        except Stale as refusal:
            form.add_stale(refusal, version=kept.version)
        else:
            messages.success(request, "The variables are saved.")
            return redirect(f"{reverse('profile', args=[profile_id])}#call")
    context = {
        "form": form,
        "profile": opened.profile,
        "can_manage": opened.held.may("manage"),
        "kept": kept,
        "shares": "shared" in form.fields,
        "wanted": "" if form.is_bound else wanted,
    }
    return render(request, "profiles/variables.html", context, status=422 if form.errors else 200)


def _wanted(name: str, kept: VariableSets) -> str:
    """The name that a call wants a value of; "" for one that has it, or that none can have."""
    is_name = NAME.fullmatch(name) and name not in kept.values and redact_text(name) == name
    return name if is_name else ""
