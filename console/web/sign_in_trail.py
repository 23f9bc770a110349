"""Every sign-in, and every change of how somebody signs in, becomes an entry of the audit trail, and is told.

Which signal comes to which function stands in `sign_in_signals`.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest

from console.core.actor import Actor
from console.core.audit.actions import Action
from console.models import Person
from console.services import company_groups, sign_in
from console.store import people
from console.web import choosing
from console.web.present import words

KINDS = {
    Authenticator.Type.TOTP: "an authenticator app",
    Authenticator.Type.WEBAUTHN: "a passkey or security key",
    Authenticator.Type.RECOVERY_CODES: "the recovery codes",
}


def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    actor = people.actor_of(user)
    _record(request, actor, Action.SIGNED_IN, "done")
    if actor and (made := sign_in.recovery_to_tell(actor)):
        messages.warning(
            request,
            f"On {words.exact(made.made_at)} {made.made_by} made a link that signs in as you. "
            "If you did not ask for it, tell another administrator of this console.",
            fail_silently=True,  # a sign-in that is no page (a command, a test) has nowhere to tell it
        )


def groups_taken(request: HttpRequest, user: Person, sociallogin: Any = None, **_: Any) -> None:
    """The groups that the company says somebody is in are taken anew at each sign-in, theirs or another."""
    actor = people.actor_of(user)
    said = sociallogin.account.extra_data if sociallogin is not None else None
    if actor and (told := company_groups.take_anew(actor, said)):
        messages.warning(request, told, fail_silently=True)


def signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    _record(request, people.actor_of(user) if user else None, Action.SIGNED_OUT, "done")


def sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    known = people.find(str(credentials.get("email") or ""))
    _record(request, known, Action.SIGN_IN_FAILED, "refused")


def proved(request: HttpRequest, user: Person, method: str, **told: Any) -> None:
    if told.get("reauthenticated"):
        _record(request, people.actor_of(user), Action.REAUTHENTICATED, "done", detail=f"by {method}")


def password_changed(signal: object, request: HttpRequest, user: Person, **_: Any) -> None:
    actions = {id(account.password_set): Action.PASSWORD_SET, id(account.password_reset): Action.PASSWORD_RESET}
    action = actions.get(id(signal), Action.PASSWORD_CHANGED)
    if action is not Action.PASSWORD_RESET:  # by mail, where nobody is signed in
        choosing.chosen(request, "password")
    _changed(request, user, action, "A new password was set.")


def authenticator_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.WEBAUTHN and authenticator.wrap().is_passwordless is not False:
        choosing.chosen(request, "mfa")
    _changed(request, user, Action.AUTHENTICATOR_ADDED, f"{_kind(authenticator)} was added.")


def authenticator_removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    _changed(request, user, Action.AUTHENTICATOR_REMOVED, f"{_kind(authenticator)} was removed.")


def codes_made(request: HttpRequest, user: Person, **_: Any) -> None:
    _changed(request, user, Action.RECOVERY_CODES_MADE, "New recovery codes were made; the old ones no longer work.")


def company_linked(request: HttpRequest, sociallogin: Any, **_: Any) -> None:
    choosing.chosen(request, "socialaccount")
    _changed(request, sociallogin.user, Action.COMPANY_ACCOUNT_LINKED, "A company account was linked; it signs you in.")


def company_answered(request: HttpRequest, sociallogin: Any, **_: Any) -> None:
    """With what it says today of an account that is linked already: at each sign-in, each proof, and also when somebody
    tries to link another's. Nothing changed; who has to choose a way in and linked it before has chosen it.
    """
    is_own = sociallogin.user.pk == request.user.pk
    if is_own and sociallogin.state.get("process") == AuthProcess.CONNECT:
        choosing.chosen(request, "socialaccount")


def company_unlinked(request: HttpRequest, socialaccount: Any, **_: Any) -> None:
    _changed(request, socialaccount.user, Action.COMPANY_ACCOUNT_UNLINKED, "The company account was unlinked.")
    if (actor := people.actor_of(socialaccount.user)) is not None:
        company_groups.take_anew(actor, None)


def address_changed(
    request: HttpRequest, user: Person, from_email_address: EmailAddress, to_email_address: EmailAddress, **_: Any
) -> None:
    what = f"The address was changed to {to_email_address.email}."
    _changed(request, user, Action.ADDRESS_CHANGED, what, told_to=from_email_address.email)


def address_added(request: HttpRequest, user: Person, email_address: EmailAddress, **_: Any) -> None:
    _changed(request, user, Action.ADDRESS_ADDED, f"The address {email_address.email} was added.")


def address_removed(request: HttpRequest, user: Person, email_address: EmailAddress, **_: Any) -> None:
    what = f"The address {email_address.email} was removed."
    _changed(request, user, Action.ADDRESS_REMOVED, what, told_to=email_address.email)


def _kind(authenticator: Authenticator) -> str:
    kind = KINDS.get(authenticator.type, "a second step")
    return kind[0].upper() + kind[1:]


def _changed(request: HttpRequest, user: Person, action: Action, what: str, *, told_to: str = "") -> None:
    actor = people.actor_of(user)
    if actor is not None:
        told = Actor(actor.user_id, told_to or actor.email, actor.roles)
        sign_in.changed(told, action, what, address=get_client_ip(request) or "")


def _record(request: HttpRequest | None, actor: Actor | None, action: Action, result: str, *, detail: str = "") -> None:
    """Only for people who have an account: a mistyped address may be a password in the wrong field."""
    if actor is not None:
        address = (get_client_ip(request) or "") if request else ""
        sign_in.record(actor, action, result=result, address=address, detail=detail)
