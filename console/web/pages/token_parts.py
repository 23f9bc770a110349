"""The parts of a pasted token that are asked for as they are opened."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from console.core.whole_number import whole_number
from console.services import inspection
from console.web.partials import render
from console.web.present.token_parts import checks_view, part_view
from console.web.request import ActorRequest


@sensitive_post_parameters()
@require_POST
def part(request: ActorRequest) -> HttpResponse:
    """One part of one token; both are sent each time, because nothing of a paste is kept here."""
    sent, key = request.POST, request.POST.get("key", "")
    text, now = sent.get("token", ""), whole_number(sent.get("now", ""), digits=11)
    if sent.get("part") == "checks":
        found = inspection.checks_alone(request.actor, text, now=now)
        context = checks_view(found, key=key)
    else:
        token, masked = inspection.token_alone(request.actor, text)
        context = part_view(token, masked, part=sent.get("part", ""), key=key)
    return render(request, "inspect/part.html", context, partial="part")
