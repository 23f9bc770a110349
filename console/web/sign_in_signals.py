"""Which signals of a sign-in tell the audit trail. What writes is loaded at the first: listening costs little."""

from collections.abc import Callable
from importlib import import_module

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth import signals as django
from django.dispatch import Signal

TRAIL = "console.web.sign_in_trail"
TOLD: tuple[tuple[Signal, str], ...] = (
    (django.user_logged_in, "signed_in"),
    (django.user_logged_out, "signed_out"),
    (django.user_login_failed, "sign_in_failed"),
    (account.user_logged_in, "groups_taken"),
    (account.authentication_step_completed, "proved"),
    (account.password_set, "password_changed"),
    (account.password_changed, "password_changed"),
    (account.password_reset, "password_changed"),
    (account.email_changed, "address_changed"),
    (account.email_added, "address_added"),
    (account.email_removed, "address_removed"),
    (mfa.authenticator_added, "authenticator_added"),
    (mfa.authenticator_removed, "authenticator_removed"),
    (mfa.authenticator_reset, "codes_made"),
    (social.social_account_added, "company_linked"),
    (social.social_account_updated, "company_answered"),
    (social.social_account_removed, "company_unlinked"),
)


def listen() -> None:
    """Once in each process, when the applications are ready."""
    for signal, name in TOLD:
        signal.connect(_told(name), weak=False, dispatch_uid=f"{TRAIL}.{name}")


def _told(name: str) -> Callable[..., None]:
    """A command of the console signs nobody in, and has no use for half of the house that the trail leans on."""

    def told(**facts: object) -> None:
        getattr(import_module(TRAIL), name)(**facts)

    return told
