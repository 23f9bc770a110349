"""A fresh proof of who is here, before what changes how one signs in or shows what is stored."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from console.core.errors import NotAllowed
from console.web import errors, held_form

GetResponse = Callable[[HttpRequest], HttpResponseBase]
BUTTONS = {"csrfmiddlewaretoken"}  # what the form of a mere button sends


def demand(request: HttpRequest) -> None:
    """Goes on only after a proof of the last minutes. Called after the right itself was checked."""
    raise_if_reauthentication_required(request, app="allauth.account")


class AsksForProof:
    """Leads to the proof. allauth's own way would keep what was sent, new passwords too, in the session meanwhile."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return errors.refusal_page(request, _no_way())
        if request.method == "POST" and request.POST.keys() - BUTTONS and not request.headers.get("HX-Request"):
            return held_form.page(request, "proof", way_url=ways[0]["url"])
        if request.method == "POST":
            messages.info(request, "After this, press the button again.")
        return redirect(f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")


def _no_way() -> NotAllowed:
    return NotAllowed(
        "The console cannot ask you to prove who you are.",
        why="Your company's sign-in, the only way you sign in, is not set up here any more.",
        do="Ask an administrator for a sign-in link, with which you choose a password or a passkey.",
        who="The console's administrator can do this.",
    )
