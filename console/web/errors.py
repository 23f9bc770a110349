"""Refusals and crashes as pages, or as fragments for htmx: always what, why, do, who."""

import logging
import sys
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from console.adapters import random
from console.core.errors import Busy, Misconfigured, NotAllowed, NotFound, Refusal, Stale, Unavailable
from console.store import condition
from console.store.database_fault import DO, WHO, WORDS, FaultKind
from console.web import held_form
from console.web.partials import render
from console.web.uploads import TooLarge

PAGE, FRAGMENT = "errors/refusal.html", "components/problem.html"
STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Busy: 429,  # before Unavailable, whose kind it is
    Unavailable: 503,
    Misconfigured: 500,
    Stale: 409,
}
YOU = "You can do this."
UNSAID: dict[type[Refusal], tuple[str, str, str]] = {  # why, do, who of a refusal that does not say them itself
    NotFound: (
        "It was deleted, or it belongs to somebody who has not shared it with you.",
        "Check the address, or ask the person who gave it to you.",
        YOU,
    ),
    NotAllowed: (
        "Your role or your share does not include it.",
        "Ask the owner, or an administrator of this console.",
        "The owner or the console's administrator can do this.",
    ),
    Unavailable: ("Something else is using it at this moment.", "Wait a few seconds, then try again.", YOU),
}

logger = logging.getLogger("console.errors")


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of one refusal, or its `problem` fragment when htmx asks."""
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 500)
    error_id = ""
    if status == 500:
        error_id = random.new_id()
        logger.error("refused, id %s: %s %s", error_id, refusal.what, refusal.why)
    response = _page(request, refusal, status=status, error_id=error_id)
    if isinstance(refusal, Busy):
        response.headers["Retry-After"] = str(refusal.wait_s)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Nothing is at this address."""
    refusal = NotFound(
        "There is no page at this address.",
        why="The address is misspelt, or what it showed was deleted.",
        do="Check the address, or begin at the start page.",
        who=YOU,
    )
    return _page(request, refusal, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Signed in, but without the right."""
    refusal = NotAllowed(
        "Your account may not do that.",
        why="It needs a role that your account does not have.",
        do="Ask an administrator of this console for the role.",
        who="The console's administrator can do this.",
    )
    return _page(request, refusal, status=403)


def signed_out(request: HttpRequest, *, status: int = 401) -> HttpResponse:
    """For htmx: the page stays, with a bar that says how to go on."""
    is_in = request.user.is_authenticated
    context = {"login_url": f"{reverse('account_login')}?next={reverse('go-back')}", "is_in": is_in}
    return render(request, "components/signed_out.html", context, status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """allauth's limits on signing in and on mails."""
    refusal = Unavailable(
        "That was tried too often in a short time.",
        why="Signing in, proving who you are and asking for e-mails are limited, so that nobody can guess or flood.",
        do="Wait a minute, then try again.",
        who=YOU,
    )
    return _page(request, refusal, status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """A form without, or with an old, anti-forgery value: what was typed on a page of this console comes back."""
    if "HX-Request" in request.headers and held_form.is_from_here(request):
        return signed_out(request, status=403)
    if held_form.can_hold(request):
        is_in = request.user.is_authenticated
        return held_form.page(request, "old" if is_in else "signed-out", status=403)
    refusal = NotAllowed(
        "The form was not accepted because it did not come from a page of your current session.",
        why="You signed in or out since the page was opened, or the browser refused the console's cookie.",
        do="Reload the page, then send the form again.",
        who=YOU,
    )
    return _page(request, refusal, status=403)


def method_not_allowed(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    """A form's address that was opened as a page, after signing in again say, or the reverse."""
    refusal = NotAllowed(
        "There is no page to open at this address.",
        why="It only takes what a form of this console sends, and nothing was sent now.",
        do="Go back to the page with the form, and send it again.",
        who=YOU,
    )
    response = _page(request, refusal, status=405)
    response.headers["Allow"] = answer.headers["Allow"]
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses to read."""
    if isinstance(exception, DisallowedHost):  # plain: nothing of such a request is worth believing
        return HttpResponse(
            "This console does not answer under that host name.\n", status=400, content_type="text/plain"
        )
    if isinstance(exception, RequestDataTooBig):
        refusal = Refusal(
            "What you sent is larger than the console accepts.",
            why=f"Forms and pasted texts may hold 512 KB{_and_files(exception)}.",
            do="Paste only the token, or the one answer, that you want to look at.",
            who=YOU,
        )
        return _page(request, refusal, status=413)
    refusal = Refusal(
        "The request could not be read.",
        why="It holds more fields or files than a form of this console, or is not well formed.",
        do="Reload the page, then send the form again.",
        who=YOU,
    )
    return _page(request, refusal, status=400)


def _and_files(exception: RequestDataTooBig) -> str:
    """The limit for files, where the page has one of its own."""
    if not isinstance(exception, TooLarge) or exception.limit_bytes < 1024 * 1024:
        return ""
    return f", files {exception.limit_bytes // 1024**2} MB"


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug: logged once with an id, which is all the page tells. A database that failed is told as that."""
    problem = sys.exc_info()[1]
    if (fault := condition.fault_of(problem)) is not None:
        return unavailable(request, fault, problem)
    error_id = random.new_id()
    logger.exception("crashed, id %s: %s %s", error_id, request.method, request.path)
    context = {
        "what": "The console made a mistake.",
        "why": "Something happened that its authors did not foresee; nothing of it is shown here.",
        "do": f"Try again; if it happens again, give the id {error_id} to the console's administrator.",
        "who": "The console's administrator can find the id in the log.",
        "id": error_id,
    }
    # Without the request: a crash in a context processor would crash this page too.
    template = FRAGMENT if "HX-Request" in request.headers else "500.html"
    return HttpResponse(render_to_string(template, context), status=500)


def unavailable(request: HttpRequest, fault: FaultKind, problem: BaseException | None) -> HttpResponse:
    """The database failed: 503 in words, made without asking the database again."""
    logger.warning("database %s: %s %s: %s", fault, request.method, request.path, problem)
    words = WORDS[fault]
    context = {"what": words.what, "why": words.why, "do": DO, "who": WHO, "title": "Not at this moment"}
    template = FRAGMENT if "HX-Request" in request.headers else "500.html"
    response = HttpResponse(render_to_string(template, context), status=503)
    response.headers["Retry-After"] = str(words.retry_after_s)
    return response


def four_of(refusal: Refusal) -> dict[str, Any]:
    """Its four sentences, by the names that templates know."""
    why, do, who = next((words for kind, words in UNSAID.items() if isinstance(refusal, kind)), ("", "", ""))
    return {"what": refusal.what, "why": refusal.why or why, "do": refusal.do or do, "who": refusal.who or who}


def _page(request: HttpRequest, refusal: Refusal, *, status: int, error_id: str = "") -> HttpResponse:
    context = {**four_of(refusal), "id": error_id, "status": status}
    if isinstance(refusal, Busy) and not request.headers.get("HX-Request") and held_form.can_hold(request):
        context |= held_form.context_of(request)
    return render(request, FRAGMENT if request.headers.get("HX-Request") else PAGE, context, status=status)
