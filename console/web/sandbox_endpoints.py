"""The sandbox over HTTP, for curl and for stock libraries: the same function that answers in process.

A middleware before all others, because its requests are no pages: no session, no form, no person, and each answer in
the shape of the party that the sandbox plays, also where something is wrong.
"""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.utils import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from console.adapters import clock, random
from console.core.database_fault import WORDS
from console.core.errors import Misconfigured, NotFound, Unavailable
from console.core.exchange import Failure, Request, Response
from console.sandbox import not_served
from console.sandbox.not_served import NotServed
from console.sandbox.urls import split
from console.services import sandbox
from console.store import condition
from console.web.sandbox_answers import WITHOUT_BODY, outgoing

MAX_BODY = 1_000_000
# `/sandbox/` is the page, and `/sandbox/-/…` takes its forms.
_PLACE = re.compile(r"/sandbox/(?!-(?:/|$))(?P<segment>[^/]+)(?P<path>/.*)?", re.DOTALL)
_SEGMENT = re.compile(r"[\w-]{1,100}", re.ASCII)

logger = logging.getLogger("console.errors")


class SandboxEndpoints:
    """Answers what is below a workspace; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        place = _PLACE.fullmatch(request.path_info) if request.path_info.startswith("/sandbox/") else None
        if place is None:
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self.get_response(request)  # sent on to https by the security middleware, like everything else
        request.META["console.address"] = request.path
        return _answer(request, place["segment"], place["path"] or "/")


def _answer(request: HttpRequest, segment: str, path: str) -> HttpResponse:
    asked = Request(request.method or "GET", path)
    try:
        asked = _asked(request)
        answered = _answered(segment, path, asked)
    except DisallowedHost:
        answered = not_served.unknown_host()
    except OSError:  # the client went away, or sent less than it had announced
        answered = not_served.unreadable()
    except Exception:
        error_id = random.new_id()
        logger.exception("crashed, id %s: %s %s", error_id, request.method, request.path)
        answered = not_served.crashed(error_id)
    if isinstance(answered, NotServed):
        answered = not_served.not_served(answered, path, asked, now=clock.now(), entropy=random.token(16))
    return _sent(outgoing(answered, base=split(asked.url).base), request)


def _sent(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """The answer with what the middlewares would have added, and for HEAD without its body."""
    if response.status_code not in WITHOUT_BODY:
        response.headers["Content-Length"] = str(len(response.content))
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
    if request.method == "HEAD":
        response.content = b""
    return response


def _asked(request: HttpRequest) -> Request:
    """The request as the sandbox reads it, without the console's own cookie; a body that is too long is cut."""
    headers = tuple((name, value) for name, value in request.headers.items() if name != "Cookie")
    return Request(request.method or "GET", request.build_absolute_uri(), headers, request.read(MAX_BODY + 1))


def _answered(segment: str, path: str, asked: Request) -> Response | NotServed:
    if not settings.CONSOLE_SANDBOX:
        return not_served.switched_off()
    if len(asked.body) > MAX_BODY:
        return not_served.too_large(MAX_BODY)
    if "\x00" in path:
        return not_served.unknown_address()
    try:
        if not _SEGMENT.fullmatch(segment):
            raise NotFound
        answered = sandbox.answer(segment, asked)
    except NotFound:
        return not_served.unknown_workspace(path)
    except (Unavailable, Misconfigured) as refusal:
        return not_served.busy(" ".join(filter(None, (refusal.what, refusal.why, refusal.do))))
    except DatabaseFault as problem:
        fault = condition.fault_of(problem)
        if fault is None:
            raise
        logger.warning("database %s: the sandbox: %s", fault, problem)
        return not_served.busy(f"{WORDS[fault].what} {WORDS[fault].why}")
    return not_served.timed_out(answered.detail) if isinstance(answered, Failure) else answered
