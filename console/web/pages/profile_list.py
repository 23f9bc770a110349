"""The profiles that somebody sees, and how each stands."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from console.core.profile import Profile
from console.services import apis, connections, home, profiles
from console.services.integrators import integrates
from console.web.long_lists import list_page
from console.web.partials import render
from console.web.present.connections import lent_rows
from console.web.present.profile_rows import profile_rows
from console.web.request import ActorRequest


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    held = profiles.list_held(request.actor)
    names = dict(apis.list_names(request.actor))
    found = list_page(request, held, lambda one: _text(one.value, names), url=reverse("profiles"))
    context = {
        "list": found,
        "profiles": profile_rows(home.states_of(request.actor, found.rows), request.now),
        "has_sandbox": settings.CONSOLE_SANDBOX,
        "can_make": integrates(request.actor),
        "has_shared": any(not one.is_own for one in held),
        "lent": lent_rows(connections.lent_to(request.actor), request.now),
    }
    return render(request, "profiles/index.html", context, status=422 if found.form.errors else 200)


def _text(profile: Profile, apis_by_id: Mapping[str, str]) -> str:
    """What a profile is looked for by; `apis_by_id` has the names of APIs."""
    api = apis_by_id.get(profile.api_id or "", "")
    return f"{profile.name} {profile.environment} {profile.provider} {' '.join(profile.public_texts)} {api}"
