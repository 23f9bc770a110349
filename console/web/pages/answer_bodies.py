"""The body of an answer: looked at, searched, taken along. Never active content, whatever it says it is."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from console.core.answer.tree import Path
from console.core.errors import NotFound
from console.core.whole_number import whole_number
from console.services import answer_bodies
from console.web.forms.answer_body import BodySearchForm
from console.web.partials import render
from console.web.present import answer_body
from console.web.request import ActorRequest

LARGEST_NUMBER = 7  # digits
DEEPEST = 64
# A file that is opened all the same: no scripts, nothing loaded, an origin of its own.
_SHUT = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_http_methods(["GET", "POST"])
def show(request: ActorRequest, attempt_id: str, *, of_work: bool = False) -> HttpResponse:
    """A view of the body; posted words are looked for, so that no address holds them."""
    with answer_bodies.opened(request.actor, attempt_id, of_work=of_work) as body:
        form = BodySearchForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            page = answer_body.search_page(body, form.cleaned_data["wanted"])
        else:
            page = answer_body.body_page(
                body,
                view=request.GET.get("as", ""),
                at=_path(request.GET.get("at", "")),
                first=_number(request.GET.get("from", "")),
                part=_number(request.GET.get("part", "")),
            )
    return render(request, "calls/body.html", {"body": page, "form": form}, status=422 if form.errors else 200)


@require_GET
def file(request: ActorRequest, attempt_id: str, *, of_work: bool = False) -> HttpResponse:
    """The body as it is kept, to be saved: never under a type that a browser would open."""
    with answer_bodies.opened(request.actor, attempt_id, of_work=of_work) as body:
        if body.told:
            raise NotFound("Nothing was kept of this body.", why=body.told)
        return _sent(body.content, "application/octet-stream", answer_body.file_name(body))


@require_GET
def picture(request: ActorRequest, attempt_id: str) -> HttpResponse:
    """A raster picture, under the type that its bytes have."""
    with answer_bodies.opened(request.actor, attempt_id) as body:
        found = answer_body.picture(body)
        if found is None:
            raise NotFound("This body is no picture that is shown here.", do="Open it as Hex, or save it as a file.")
        return _sent(body.content, found.media_type, answer_body.file_name(body))


def _sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _SHUT
    return answer


def _number(text: str) -> int:
    """0 for what is no number, or none of a page of ours."""
    return whole_number(text, digits=LARGEST_NUMBER) or 0


def _path(text: str) -> Path:
    """ "0.3.12"; () for anything else."""
    parts = text.split(".", DEEPEST)[:DEEPEST] if len(text) <= DEEPEST * (LARGEST_NUMBER + 1) else []
    places = [whole_number(one, digits=LARGEST_NUMBER) for one in parts]
    return () if None in places else tuple(place for place in places if place is not None)
