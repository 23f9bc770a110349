"""A call of the past, broken or mended in one press: its answer is an attempt of its own, which opens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.services import practice_again
from console.web.request import ActorRequest

NOTHING_SENT = "Nothing was sent: another request for a token of this profile is under way. Try again in a moment."


@require_http_methods(["GET", "POST"])
def practise(request: ActorRequest, attempt_id: str) -> HttpResponse:
    if request.method == "GET":
        return redirect("call", attempt_id)
    code = None if "mend" in request.POST else request.POST.get("fault", "")
    done = practice_again.again(request.actor, attempt_id, code)
    problem = done.sent.problem if done.sent else None
    if problem is not None or done.attempt_id is None:
        messages.warning(request, f"{problem.what} {problem.do}" if problem else NOTHING_SENT)
        return redirect("call", attempt_id)
    return redirect("call", done.attempt_id)
