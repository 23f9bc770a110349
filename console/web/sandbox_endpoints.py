"""The sandbox over HTTP, for curl and for stock libraries: the same function that answers in process."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from console.core.errors import Misconfigured
from console.core.exchange import Failure, Request, Response
from console.sandbox.urls import split
from console.services import sandbox
from console.web.sandbox_answers import outgoing, unavailable

MAX_BODY = 1_000_000
_ENDPOINT = re.compile(r"/sandbox/(?!-/)[^/]+/")


def is_for_programs(path: str) -> bool:
    """Whether clients and libraries ask there, and no person: an endpoint of the sandbox."""
    return _ENDPOINT.match(path) is not None


@csrf_exempt
@login_not_required
def answer(request: HttpRequest, segment: str, rest: str) -> HttpResponse:  # noqa: ARG001 (the sandbox reads the whole URL)
    """Hands the request to the workspace of its segment. Nothing of the console's own session goes along."""
    if not settings.CONSOLE_SANDBOX:
        raise Http404
    headers = tuple((name, value) for name, value in request.headers.items() if name.lower() != "cookie")
    body = request.body if len(request.body) <= MAX_BODY else b""
    asked = Request(request.method or "GET", request.build_absolute_uri(), headers, body)
    try:
        answered = sandbox.answer(segment, asked)
    except Misconfigured as refusal:
        return unavailable(f"{refusal.what} {refusal.why}")
    if isinstance(answered, Failure):
        answered = Response(504, body=f"{answered.detail}\n".encode())
    return outgoing(answered, base=split(asked.url).base)
