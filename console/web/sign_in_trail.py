"""Every sign-in, sign-out and failed sign-in becomes an entry of the audit trail."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from console.core.actor import Actor
from console.core.audit_actions import Action
from console.models import Person
from console.services import sign_in
from console.store import people


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    _record(request, people.actor_of(user), Action.SIGNED_IN, "done")


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    _record(request, people.actor_of(user) if user else None, Action.SIGNED_OUT, "done")


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    known = people.find(str(credentials.get("email") or ""))
    _record(request, known, Action.SIGN_IN_FAILED, "refused")


def _record(request: HttpRequest | None, actor: Actor | None, action: Action, result: str) -> None:
    """Only for people who have an account: a mistyped address may be a password in the wrong field."""
    if actor is not None:
        sign_in.record(actor, action, result=result, address=(get_client_ip(request) or "") if request else "")
