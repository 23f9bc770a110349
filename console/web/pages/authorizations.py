"""A person's way through a sign-in at a provider: the page of a login link, the address they come back to, and the one
page of the sign-in itself, which stands for whoever holds its cookie.
"""

from dataclasses import replace
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.core.actor import Actor
from console.core.authorization import AuthorizationStage, BackProblem
from console.core.credential import Secret
from console.core.grants import grant_of
from console.services import (
    authorization_answers,
    authorization_outcomes,
    authorizations,
    device_waits,
    legacy_grants,
    login_links,
    runs,
    token_previews,
)
from console.services.authorizations import BegunAuthorization, OpenAuthorization
from console.services.token_previews import Previewed
from console.web.partials import render
from console.web.present.authorizations import authorization_view, back_problem_words, device_view, link_view
from console.web.present.sign_in_flow import guided_view

_COOKIE = "sign-in-"
LOOK_AGAIN_S = 2
COOKIE_S = 3600  # a device code may live for half an hour


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET says who asks for what, and spends nothing: previews and scanners spend a GET. POST begins the sign-in."""
    if request.method == "POST":
        return begun(login_links.use(token, address=_address(request)))
    found = login_links.peek(token)
    context = {"link": link_view(found, now=_now(request)) if found else None, "action_url": request.path}
    return render(request, "authorizations/link.html", context, status=200 if found else 404)


def begun(made: BegunAuthorization) -> HttpResponse:
    """On to the page of a sign-in, in the browser that has its cookie from now on."""
    answer = redirect("authorization", made.id)
    answer.status_code = 303
    answer.set_cookie(
        _cookie_name(made.id),
        made.browser.reveal(),
        max_age=COOKIE_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # the provider sends the browser here from another site
    )
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Where providers send a person back to. What they bring is kept, and their browser goes on to a clean address.

    What stands behind the # of the address, as with the implicit grant, only a script can see: it posts it here.
    """
    is_posted = request.method == "POST"
    if not is_posted and not request.GET and legacy_grants.is_offered(grant_of("implicit")):
        return render(request, "authorizations/fragment.html", {})
    source = request.POST if is_posted else request.GET
    given = {name: source.getlist(name) for name in source}
    prefix = _cookie_name("")  # with it whole: another host of the domain can set a cookie without `__Host-`
    cookies = {name.removeprefix(prefix): value for name, value in request.COOKIES.items() if name.startswith(prefix)}
    taken = authorization_answers.take_answer(given, cookies, _actor(request), may_hold_token=is_posted)
    page = "back-problem" if isinstance(taken, BackProblem) else "authorization"
    answer = redirect(page, str(taken))
    answer.status_code = 303
    return answer


@login_not_required
@require_GET
def back_problem(request: HttpRequest, reason: str) -> HttpResponse:
    """Why an answer was not taken."""
    context = {"words": back_problem_words(BackProblem(reason)), "is_in": _actor(request) is not None}
    return render(request, "authorizations/back_problem.html", context, status=400)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def authorization(request: HttpRequest, authorization_id: str) -> HttpResponse:
    """The one page of a sign-in, whatever stage it is at; to open it after the answer came sends the code, once: of one
    that goes step by step, when its button is pressed.
    """
    kept, actor = authorizations.find(authorization_id, _cookie_of(request, authorization_id)), _actor(request)
    if kept.person_id is not None and actor is None:
        return redirect_to_login(request.path)
    found = authorizations.open_for(kept, actor, address=_address(request))
    if request.method == "POST":
        return _done(request, found, request.POST.get("do", ""), accepts_other="other" in request.POST)
    if request.method == "GET" and kept.stage is AuthorizationStage.BACK and not kept.parts.is_guided:
        found = authorization_answers.exchange(found)
    return _page(request, found)


def _done(request: HttpRequest, found: OpenAuthorization, what: str, *, accepts_other: bool) -> HttpResponse:
    """One of the buttons of the page; anything else shows the page again."""
    if what == "look":
        return _looked(request, found)
    if what == "exchange":
        authorization_answers.exchange(found)
    if what == "again":
        return begun(authorizations.again(found))
    if what == "confirm":
        authorization_outcomes.confirm(found, accepts_other=accepts_other)
    if what == "decline":
        authorization_outcomes.decline(found)
    answer = redirect("authorization", found.authorization.id)
    answer.status_code = 303
    return answer


def _looked(request: HttpRequest, found: OpenAuthorization) -> HttpResponse:
    """One look at whether the person is done at the other device; htmx gets the waiting part, or a new page."""
    waits = device_waits.shown(found.opened.actor, found.authorization)
    if waits is not None:
        runs.look(found.opened.actor, waits.run_id)
    kept = authorizations.find(found.authorization.id, _cookie_of(request, found.authorization.id))
    if getattr(request, "htmx", False) and kept.stage is AuthorizationStage.SENT:
        return _page(request, replace(found, authorization=kept), partial="waiting")
    answer = redirect("authorization", found.authorization.id)
    answer.status_code = 303
    return answer


def _page(request: HttpRequest, found: OpenAuthorization, *, partial: str = "") -> HttpResponse:
    waits = device_waits.shown(found.opened.actor, found.authorization) if not found.authorization.parts.url else None
    now = _now(request)
    context: dict[str, Any] = {
        "sign_in": authorization_view(found, now=now),
        "device": device_view(waits, now=now),
        "guided": guided_view(found, _next_request(found)) if found.authorization.parts.is_guided else None,
    }
    is_going_on = found.authorization.stage is AuthorizationStage.EXCHANGING and not found.is_too_late
    status = 202 if is_going_on else 200
    response = render(request, "authorizations/index.html", context, partial=partial, status=status)
    if is_going_on:
        response.headers["Refresh"] = f"{LOOK_AGAIN_S}; url={reverse('authorization', args=[found.authorization.id])}"
    return response


def _next_request(found: OpenAuthorization) -> Previewed | None:
    """What would be sent next, where the code waits for somebody's word."""
    is_waiting = found.authorization.stage is AuthorizationStage.BACK and not found.is_too_late
    return token_previews.of_sign_in(found) if is_waiting else None


def _cookie_name(authorization_id: str) -> str:
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}{_COOKIE}{authorization_id}"


def _cookie_of(request: HttpRequest, authorization_id: str) -> Secret:
    return Secret(request.COOKIES.get(_cookie_name(authorization_id), ""))


def _actor(request: HttpRequest) -> Actor | None:
    found = getattr(request, "actor", None)
    return found if isinstance(found, Actor) else None


def _now(request: HttpRequest) -> int:
    return int(getattr(request, "now", 0))


def _address(request: HttpRequest) -> str:
    return get_client_ip(request) or ""
