"""The paste box: what is this, what is in it, would it be accepted?"""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.services import inspection
from console.services.judging import KeyChoice
from console.web.forms.base import FILE_AGAIN
from console.web.forms.inspection import MAX_UPLOAD, InspectForm
from console.web.pages import readers
from console.web.partials import render
from console.web.present.inspection import inspection_view
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@sensitive_post_parameters()
@takes_files(MAX_UPLOAD)
@require_http_methods(["GET", "POST"])
def inspect(request: ActorRequest) -> HttpResponse:
    """GET may name what to judge against: `?api=<id>` or `?profile=<id>`."""
    if request.method == "GET":
        form = InspectForm(actor=request.actor, initial=_named(request))
        return render(request, "inspect/index.html", {"form": form, "result": None})
    typed = _pressed(request.POST)
    is_bare = not typed.get("text", "").strip()
    if request.htmx and is_bare and "emptied" in typed and not request.FILES:
        return HttpResponse(status=204)  # the page emptied the box: its warning stays, whoever pressed meanwhile
    if "live" in typed and is_bare:  # somebody emptied the box
        form = InspectForm(actor=request.actor)
        return render(request, "inspect/index.html", {"form": form, "result": None}, partial="result")
    form = InspectForm(typed, request.FILES, actor=request.actor)
    result = _inspected(request, form) if form.is_valid() else None
    if result is None and request.FILES and not request.htmx:
        form.add_error(None, FILE_AGAIN)
    if result and result["is_sensitive"]:  # what should not have been pasted is not written back into the page
        form = InspectForm(initial=form.harmless(), actor=request.actor)
        form.fields["text"].widget.attrs["hx-swap-oob"] = "true"
    if "judge" in typed:  # the choice stands in the form as well, for what is pasted next
        form.fields["against"].widget.attrs["hx-swap-oob"] = "true"
    context = {"form": form, "result": result, "has_chosen": "judge" in typed}
    return render(request, "inspect/index.html", context, partial="result", status=422 if form.errors else 200)


def _inspected(request: ActorRequest, form: InspectForm) -> dict[str, Any]:
    found = inspection.inspect(
        request.actor, form.pasted(), wanted=form.wanted(), decryption_key=form.cleaned_data["decryption_key"]
    )
    return inspection_view(
        found,
        remarks=form.remarks(),
        browser_offset_s=form.browser_offset_s(found.now),
        reader=readers.of_paste(request.actor, found),
        unfolds_later=bool(request.htmx),
    )


def _pressed(posted: QueryDict) -> QueryDict:
    """The form as the pressed button fills it in: `judge` says by what else to judge, `fetch` asks for the keys."""
    if "judge" not in posted and "fetch" not in posted:
        return posted
    chosen = posted.copy()
    if "judge" in posted:
        chosen["against"] = str(posted["judge"])
    if "fetch" in posted:
        chosen["keys"] = KeyChoice.FETCHED.value
    return chosen


def _named(request: ActorRequest) -> dict[str, str]:
    for kind in ("api", "profile"):
        if value := request.GET.get(kind):
            return {"against": f"{kind}:{value}"}
    return {}
