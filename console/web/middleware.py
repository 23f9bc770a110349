"""What every request passes: safe headers, clean paths, the idle limit, who asks, and refusals as pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from console.adapters import clock, random
from console.adapters.log import mask_links
from console.core.errors import NotYours, Refusal, Stale
from console.services import refusals
from console.store import people
from console.web import errors, held_form
from console.web.pages import health

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PROBES = {"/healthz": health.alive, "/readyz": health.ready}
SEEN_AT = "seen_at"
SEEN_STEP_S = 60  # a session is written at most once a minute for this


class SafeHeaders:
    """Nothing is cached unless it says so itself; other origins load nothing; signing out empties the browser.

    The access log writes of the request's environment `console.address`, the path without what signs somebody in, and
    `console.request`, the id by which its other lines are found; WhoAsks adds `console.client` and `console.person`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["console.address"] = mask_links(request.path)
        request.META["console.request"] = random.token(6)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.method == "POST" and request.path.endswith("/accounts/logout/"):
            response.headers.setdefault("Clear-Site-Data", '"cache", "storage"')
        return response


class Probes:
    """Answers load balancers before sessions and people are asked for: a dead database is theirs to hear of."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path) if request.method in ("GET", "HEAD") else None
        return probe(request) if probe else self.get_response(request)


class CleanPath:
    """A NUL in the path is answered at once: file systems and PostgreSQL refuse it with an exception."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path:
            return HttpResponse("The address holds a NUL character.\n", status=400, content_type="text/plain")
        return self.get_response(request)


def left_s(request: HttpRequest) -> int:
    """For how many seconds more the session lasts without use; 0 for nobody."""
    seen = request.session.get(SEEN_AT)
    if not request.user.is_authenticated or not isinstance(seen, int):
        return 0
    return max(0, int(settings.CONSOLE_IDLE_TIMEOUT_S) - (clock.now() - seen))


class IdleTimeout:
    """Signs out who has not been here for CONSOLE_IDLE_TIMEOUT_S seconds. Asking how long is left is not being here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now, seen = clock.now(), request.session.get(SEEN_AT)
            if isinstance(seen, int) and now - seen > settings.CONSOLE_IDLE_TIMEOUT_S:
                request.signed_out_person = request.user.pk  # type: ignore[attr-defined]  # for web/held_form.py
                logout(request)
            elif not isinstance(seen, int) or (now - seen >= SEEN_STEP_S and not _only_asks(request)):
                request.session[SEEN_AT] = now
        return self.get_response(request)


def _only_asks(request: HttpRequest) -> bool:
    return request.method == "GET" and request.path == "/session/"


class SignInRequired(LoginRequiredMiddleware):
    """Every view but the marked ones needs somebody signed in; what a signed-out person typed comes back to them."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not request.user.is_authenticated:
            return answer
        try:
            held_form.take(request)
        except Stale as refusal:
            return errors.refusal_page(request, refusal)
        return None

    def handle_no_permission(  # type: ignore[override]  # not only redirects
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if "HX-Request" in request.headers:  # also of a poll, or while somebody types: the page stays as it is
            return errors.signed_out(request)
        if held_form.can_hold(request):
            return held_form.page(request, "signed-out")
        answer: HttpResponseBase = super().handle_no_permission(request, view_func)
        return answer


class WhoAsks:
    """Sets `request.actor` (who is signed in, None when nobody is) and `request.now` (epoch seconds)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = people.actor_of(request.user)
        request.META["console.client"] = client = get_client_ip(request) or ""
        if actor is not None:
            request.META["console.person"] = actor.user_id
            actor = replace(actor, address=client, request_id=request.META["console.request"])
        request.actor = actor  # type: ignore[attr-defined]  # our own attributes, typed
        request.now = clock.now()  # type: ignore[attr-defined]  # for the views in web/request.py
        return self.get_response(request)


class Refusals:
    """Turns an anticipated refusal of a view into its page; anything else goes on as the bug it is.

    Whoever asks for what is somebody else's leaves a trace. An address that takes no GET, or no POST, says so in words.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Only Django's own: the sandbox may answer 405 as well, with a body that belongs to it.
        is_ours = isinstance(response, HttpResponseNotAllowed)
        return errors.method_not_allowed(request, response) if is_ours else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        actor = getattr(request, "actor", None)
        if isinstance(exception, NotYours) and actor is not None:
            refusals.record(actor, exception, address=get_client_ip(request) or "")
        return errors.refusal_page(request, exception) if isinstance(exception, Refusal) else None


class HtmxRedirects:
    """Sends the whole page on when a fragment was answered with a redirect, as after a saved form.

    Without it the browser would follow silently, and htmx would swap a whole page into the fragment.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "HX-Request" in request.headers and response.status_code in (301, 302, 303) and "Location" in response:
            response.headers["HX-Redirect"] = str(response.headers["Location"])
            del response.headers["Location"]
            response.status_code = 200
        return response
