"""Ask the provider about a stored token, or have it revoked."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from console.services import token_checks
from console.services.token_checks import ToldOfToken
from console.web.pages.profile_page import Happened, page_context
from console.web.partials import render
from console.web.present.token_checks import told_view
from console.web.request import ActorRequest


@require_POST
def introspect(request: ActorRequest, profile_id: str) -> HttpResponse:
    """What the provider says of the token, beside what was seen of it here."""
    return _shown(request, token_checks.introspect(request.actor, profile_id, connection_id=_connection(request)))


@require_POST
def revoke(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The token ends for everybody who uses the profile: for who manages it."""
    return _shown(request, token_checks.revoke(request.actor, profile_id, connection_id=_connection(request)))


def _connection(request: ActorRequest) -> str | None:
    return request.POST.get("connection") or None


def _shown(request: ActorRequest, told: ToldOfToken) -> HttpResponse:
    context = page_context(request, told.obtained.opened, Happened(None if told.is_revoked else told.obtained))
    return render(request, "profiles/detail.html", {**context, "told": told_view(told)}, partial="token")
