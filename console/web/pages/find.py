"""Find anything: the same search behind Ctrl+K on every page and on a page of its own.

What is typed comes by POST, for people paste tokens into every field: no address, log or history holds it. What may be
a token or a secret is not searched for; the palette offers to inspect it, and without scripts the browser is told to
send the same form there.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.services import finder
from console.web.partials import render
from console.web.present.finder import found_things
from console.web.request import ActorRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The field, and what was found; before anything is typed what may be done, with what they look at (`here`) too."""
    typed = request.POST.get("text", "")
    told = request.GET.get("here", "") if request.method == "GET" else request.POST.get("here", "")
    here = finder.looked_at(told)
    found = finder.find(request.actor, typed, here)
    if found.is_secret and not request.htmx:
        return redirect("inspect", preserve_request=True)
    context = {
        "found": found_things(found, typed, request.now),
        "here": f"{here.kind}:{here.id}" if here is not None else "",
    }
    return render(request, "find/index.html", context, partial="things")
