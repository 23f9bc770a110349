"""The page of an Api for those who are to call it: its address is handed on, and holds no secret."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from console.services import developer_page
from console.web.partials import render
from console.web.present.developers import developers_view
from console.web.request import ActorRequest


@require_GET
def of_api(request: ActorRequest, api_id: str) -> HttpResponse:
    """For whoever sees the Api: everybody here once it is published."""
    found = developer_page.open_page(request.actor, api_id)
    address = request.build_absolute_uri(request.path)
    return render(request, "apis/developers.html", developers_view(found, address))
