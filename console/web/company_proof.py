"""The company's sign-in as a proof of who is here: for people who have no password and no passkey."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from console.adapters import clock
from console.services import company
from console.store import ways_in

KEY = "company_proof"
SLACK_S = 120  # between the company's clock and ours
ASKED = {
    "prompt": "login",
    "max_age": "0",
}  # OpenID Connect Core section 3.1.2.1: sign in anew, whatever session is there


def provider_of(person: Any) -> str:
    """What the company's sign-in is called, for who linked an account of it; "" otherwise."""
    name = company.name()
    return name if name and ways_in.has_company_account(person.pk) else ""


def note(request: HttpRequest, sociallogin: Any) -> None:
    """Keeps when the company vouched for the person who is signed in here; nothing for anybody else's account."""
    account: SocialAccount = sociallogin.account
    was_asked = (sociallogin.state.get("data") or {}).get(KEY)  # by our own page, which asks for a sign-in anew
    is_own = (
        was_asked
        and request.user.is_authenticated
        and sociallogin.is_existing
        and sociallogin.user.pk == request.user.pk
    )
    if not is_own or not _is_anew(account.extra_data):
        messages.error(request, "That was not a fresh sign-in with the company account that is linked here. Try again.")
        return
    request.session[KEY] = {"person": request.user.pk, "at": clock.now()}


def is_fresh(request: HttpRequest) -> bool:
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or kept.get("person") != request.user.pk:
        return False
    return bool(clock.now() - int(kept.get("at", 0)) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def _is_anew(said: dict[str, Any]) -> bool:
    """`auth_time` must be given where max_age was asked for; some leave it out, but ask again all the same."""
    at = (said.get("id_token") or said).get("auth_time")
    return not isinstance(at, int) or clock.now() - at < SLACK_S
