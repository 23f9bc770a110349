"""How people sign in: nobody signs up by themselves, and a company's provider is asked through the guard."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from console.adapters.guarded_session import Session, guarded_session
from console.services import wiring


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False


class CompanyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """A company account signs in only after its person linked it, by issuer and subject; never by address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def get_requests_session(self) -> Session:
        """The company's provider is asked through the guarded transport, as everything is."""
        return guarded_session(wiring.outside())
