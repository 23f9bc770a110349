"""The paste box: what is this, what is in it, would it be accepted?"""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.services import inspection
from console.web.forms.inspection import InspectForm
from console.web.partials import render
from console.web.present.inspection import inspection_view
from console.web.request import ActorRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def inspect(request: ActorRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "inspect/index.html", {"form": InspectForm(actor=request.actor), "result": None})
    form = InspectForm(request.POST, actor=request.actor)
    result = None
    if form.is_valid():
        found = inspection.inspect(
            request.actor,
            form.cleaned_data["text"],
            api_id=form.cleaned_data["api_id"] or None,
            fetches_keys=form.cleaned_data["fetches_keys"],
        )
        result = inspection_view(found)
        if result["is_sensitive"]:  # what should not have been pasted is not written back into the page
            form = InspectForm(initial={"api_id": form.cleaned_data["api_id"]}, actor=request.actor)
            form.fields["text"].widget.attrs["hx-swap-oob"] = "true"
    context = {"form": form, "result": result}
    return render(request, "inspect/index.html", context, partial="result", status=422 if form.errors else 200)
