"""A link lets somebody in once: before their first page they choose how they sign in from then on."""

from collections.abc import Callable

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from console.store import ways_in

MUST, DONE = "must_choose_way_in", "has_just_chosen_way_in"
# What is open meanwhile: the choice itself, what it leads to, and the way out.
OPEN = {
    "choose-way-in",
    "account_change_password",
    "account_set_password",
    "account_logout",
    "mfa_add_webauthn",
    "socialaccount_connections",
    "openid_connect_login",
    "openid_connect_callback",
    "session",
    "sandbox-endpoint",
    "sign-in-link",
    "healthz",
    "readyz",
}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def is_due(request: HttpRequest) -> bool:
    """Whether this person has no way to sign in yet, or came by a link because they lost theirs."""
    return request.user.is_authenticated and (_is_told(request) or not ways_in.has_one(request.user))


def is_asked(request: HttpRequest) -> bool:
    """Whether this session is led to the choice; asks no database."""
    return hasattr(request, "session") and _is_told(request)


def require(request: HttpRequest, person_id: int | None) -> None:
    """Nothing else before this person chose a way, in this session. Whoever else it is of still proves who they are."""
    request.session[MUST] = person_id


def chosen(request: HttpRequest, method: str) -> None:
    """A way was set up just now. For who had to choose one this ends the choice, and is a proof as well."""
    if _is_told(request):
        del request.session[MUST]
        request.session[DONE] = True
        record_authentication(request, request.user, method, reauthenticated=True)


def was_just_done(request: HttpRequest) -> bool:
    """True once after each choice."""
    return bool(request.session.pop(DONE, False))


def _is_told(request: HttpRequest) -> bool:
    """A link is used before a second step, in the session of whoever is signed in then."""
    return MUST in request.session and bool(request.session[MUST] == request.user.pk)


class ChoosesWayIn:
    """Leads whoever has no way to sign in to the page where they choose one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.url_name in OPEN or not is_due(request):
            return None
        require(request, request.user.pk)
        return redirect("choose-way-in")
