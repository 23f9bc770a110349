"""How people sign in: nobody signs up by themselves, and a company's provider is asked through the guard."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from console.adapters.guarded_session import Session, guarded_session
from console.core.audit.actions import Action
from console.models import Person
from console.services import mail, sign_in, sign_in_limits, wiring
from console.store import people
from console.web import choosing, company_proof, known_device, login_wait

WAYS = {  # the first that a person has is offered first
    "reauthenticate": "Use your password",
    "mfa_reauthenticate:webauthn": "Use a passkey or security key",
    "mfa_reauthenticate": "Use your authenticator app, or a recovery code",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator, and proofs are asked for before what matters."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code is not right, or it was used already.",
        "too_many_login_attempts": "Too many wrong codes were tried. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Not while somebody chooses how to sign in (a link let them in just now), nor after the company vouched."""
        return not choosing.is_due(context.request) and not company_proof.is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """allauth's ways that this person has, and the company's sign-in for who linked it."""
        known: list[dict[str, str]] = super().get_reauthentication_methods(user)
        known.sort(key=lambda way: list(WAYS).index(way["id"]))
        ways = [{**way, "description": WAYS.get(way["id"], way["description"])} for way in known]
        if name := company_proof.provider_of(user):
            url = reverse("company-proof")
            ways.append({"id": "company", "description": f"Sign in at {name} again", "url": url})
        return ways

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before the password is looked at, so that many at once are many."""
        self._attempt = sign_in_limits.attempt(
            str(credentials.get("email") or ""),
            network=login_wait.network_of(request),
            device=known_device.of(request, str(credentials.get("email") or "")),
        )
        if self._attempt.wait_s:
            raise login_wait.problem(self._attempt.wait_s)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person whose password it is, or None; a right password takes its attempt back."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            sign_in_limits.succeeded(self._attempt)
        return person

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth's own counters are not used for passwords."""

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Remembers the device: it is not held up by what strangers try."""
        response: HttpResponse = super().post_login(request, user, **options)
        known_device.remember(request, response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To what else protects the account, or to the first page for who has just chosen."""
        return reverse("start" if choosing.was_just_done(request) else "mfa_index")

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        if (actor := people.actor_of(user)) is not None:
            address = self.get_client_ip(self.request)
            sign_in.record(actor, Action.PASSWORD_RESET_ASKED, result="mailed", address=address)
        super().send_password_reset_mail(user, email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the console's own address: whoever asks for the mail writes the Host header, whose port nobody checks."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.CONSOLE_PUBLIC_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the console's mail, which says nothing to a log and does not break the page when it fails."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        mail.send(message)

    def set_password(self, user: Person, password: str) -> None:
        """With the password, every sign-in link of that person goes."""
        super().set_password(user, password)
        sign_in.end_links(user.pk)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The library's second step, in the console's words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }


class CompanyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """A company account signs in only after its person linked it, by issuer and subject; never by address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """What the answer of the company is for: a proof of who is here, a link to be made, or a sign-in."""
        process = sociallogin.state.get("process")
        if process == AuthProcess.REDIRECT:
            company_proof.note(request, sociallogin)
        elif process == AuthProcess.CONNECT and is_reauthentication_required(request, app="allauth.socialaccount"):
            # allauth would keep the company's answer, tokens included, in the session until the proof is there.
            messages.info(request, "Too much time passed. Confirm that it is you, then link the account again.")
            raise ImmediateHttpResponse(redirect("socialaccount_connections"))

    def get_requests_session(self) -> Session:
        """The company's provider is asked through the guarded transport, as everything is."""
        return guarded_session(wiring.outside())
