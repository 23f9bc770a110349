"""“Which grant do I need?”: one question after the other, by plain forms; the answers stand in the address."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from console.web.partials import render
from console.web.present.which_grant import chooser_view
from console.web.request import ActorRequest


@require_GET
def ask(request: ActorRequest) -> HttpResponse:
    view = chooser_view(request.GET.dict())
    return render(request, "profiles/which_grant.html", {"chooser": view}, partial="chooser")
