"""The sandbox over HTTP, for curl and for stock libraries: the same function that answers in process.

Its requests are no pages: no session, no form, no person, and each answer in the shape of the party that the sandbox
plays, also where something is wrong. They are answered before Django's handler and middlewares, which cost more than
such an answer.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from http.client import responses
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.db.utils import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from console.adapters import clock, random
from console.core.errors import Misconfigured, NotFound, Unavailable
from console.core.exchange import Failure, Header, Request, Response
from console.sandbox import not_served
from console.sandbox.not_served import NotServed
from console.sandbox.urls import split
from console.services import processor_time, sandbox
from console.store import condition
from console.store.database_fault import WORDS
from console.web.client_certificate import VARIABLE
from console.web.sandbox_answers import WITHOUT_BODY, outgoing

MAX_BODY = 1_000_000
PREFIX = "/sandbox/"
# `/sandbox/` is the page, and `/sandbox/-/…` takes its forms.
_PLACE = re.compile(PREFIX + r"(?!-(?:/|$))(?P<segment>[^/]+)(?P<path>/.*)?", re.DOTALL)
# RFC 8414 section 3.1 puts the suffix between host and path; the sandbox itself has it at the end, as OpenID Connect.
_METADATA = re.compile(r"(?P<suffix>/\.well-known/oauth-authorization-server)(?P<issuer>/sandbox/[\w-]+/.+)", re.ASCII)
_SEGMENT = re.compile(r"[\w-]{1,100}", re.ASCII)

# Answers are computed one after the other in a process: threads that compute at once hand the interpreter's lock to and
# fro around each signature, which took as long as the answers. A turn is a courtesy: behind one that waits for the
# database, or computes long, the next goes on without it. The body is read before: nobody waits for a slow client.
TURN = threading.Lock()
TURN_S = 0.1

logger = logging.getLogger("console.errors")


class SandboxFirst:
    """A WSGI application that answers what is below a workspace, and hands everything else on."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if moved := _moved(environ.get("PATH_INFO", "")):
            environ["PATH_INFO"] = moved
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self.application(environ, start_response)
        try:
            answered = answer(WSGIRequest(environ))
        finally:
            close_old_connections()
        if answered is None:
            return self.application(environ, start_response)
        reason = answered.reason or responses.get(answered.status, "Unknown")
        start_response(f"{answered.status} {reason}", list(answered.headers))
        return [answered.body]


class SandboxEndpoints:
    """The same as a middleware, where Django's handler is the only application."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if moved := _moved(request.path_info):
            request.path = request.path_info = moved
        answered = answer(request) if request.path_info.startswith(PREFIX) else None
        if answered is None:
            return self.get_response(request)
        response = HttpResponse(answered.body, status=answered.status, reason=answered.reason or None)
        del response.headers["Content-Type"]
        for name, value in answered.headers:
            response.headers[name] = value
        return response


def _moved(path: str) -> str:
    """Where the metadata is that RFC 8414 asks for at this path; "" for any other path."""
    found = _METADATA.fullmatch(path)
    return f"{found['issuer'].rstrip('/')}{found['suffix']}" if found is not None else ""


def answer(request: HttpRequest) -> Response | None:
    """The answer with all its headers; None for what is the console's own, or is to be sent on to https."""
    place = _PLACE.fullmatch(request.path_info)
    if place is None or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
        return None
    request.META["console.address"] = request.path
    path = place["path"] or "/"
    asked = Request(request.method or "GET", path)
    try:
        asked = _asked(request)
        answered = _answered(place["segment"], path, asked)
    except DisallowedHost:
        answered = not_served.unknown_host()
    except OSError:  # the client went away, or sent less than it had announced
        answered = not_served.unreadable()
    except Exception:  # the 500 page of this door: it stands before Django's, which would answer a client in HTML
        error_id = random.new_id()
        logger.exception("crashed, id %s: %s %s", error_id, request.method, request.path)
        answered = not_served.crashed(error_id)
    if isinstance(answered, NotServed):
        answered = not_served.not_served(answered, path, asked, now=clock.now(), entropy=random.token(16))
    return _with_rest(outgoing(answered, base=split(asked.url).base), request)


def _with_rest(answered: Response, request: HttpRequest) -> Response:
    """The answer with what servers and middlewares add elsewhere, and for HEAD without its body."""
    headers = answered.headers
    if answered.status not in WITHOUT_BODY:
        headers = (*headers, ("Content-Length", str(len(answered.body))))
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        headers = (
            *headers,
            ("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"),
        )
    return Response(answered.status, answered.reason, headers, b"" if request.method == "HEAD" else answered.body)


def _asked(request: HttpRequest) -> Request:
    """The request as the sandbox reads it, without the console's own cookie; a body that is too long is cut.

    A certificate of the client is what this server was shown in TLS, never what a header says.
    """
    url = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    shown = request.META.get(VARIABLE, "")
    return Request(request.method or "GET", url, tuple(_headers(request.META)), request.read(MAX_BODY + 1), shown)


def _headers(environ: dict[str, Any]) -> Iterable[Header]:
    for key, value in environ.items():
        if key.startswith("HTTP_") and key != "HTTP_COOKIE":
            yield _header_name(key[5:]), value
        elif key in ("CONTENT_TYPE", "CONTENT_LENGTH") and value:
            yield _header_name(key), value


@lru_cache(maxsize=200)
def _header_name(variable: str) -> str:
    return variable.replace("_", "-").title()


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
        answered = _within_share(segment, asked)
    except NotFound:
        return not_served.unknown_workspace(path)
    except (Unavailable, Misconfigured) as refusal:
        return not_served.busy(" ".join(filter(None, (refusal.what, refusal.why, refusal.do))))
    except DatabaseFault as problem:
        fault = condition.fault_of(problem)
        if fault is None:
            raise
        logger.warning("database %s: the sandbox: %s", fault, problem)
        words = WORDS[fault]
        return not_served.busy(f"{words.what} {words.why}", retry_after_s=words.retry_after_s)
    return not_served.timed_out(answered.detail) if isinstance(answered, Failure) else answered


def _within_share(segment: str, asked: Request) -> Response | Failure | NotServed:
    """The workspace's answer, while it has not used up its share of the processor."""
    share = processor_time.share_of_workspace(segment)
    if wait_s := processor_time.seconds_until(share):
        return not_served.over_budget(wait_s)
    has_turn = TURN.acquire(timeout=TURN_S)
    begun_ms = clock.processor_ms()
    try:
        return sandbox.answer(segment, asked)
    finally:
        if has_turn:
            TURN.release()
        processor_time.count(share, clock.processor_ms() - begun_ms)
