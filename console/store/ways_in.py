"""By which ways a person can sign in: a password, a passkey, a linked company account."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from console.models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def has_one(person: "Person | AnonymousUser", *, without_key: int | None = None) -> bool:
    """No query for who has a password. `without_key`: as if that key were gone."""
    if not isinstance(person, Person):
        return False
    return person.has_usable_password() or has_company_account(person.pk) or has_passkey(person.pk, without_key)


def has_company_account(person_id: int) -> bool:
    return bool(SocialAccount.objects.filter(user_id=person_id).exists())


def has_passkey(person_id: int, without_key: int | None = None) -> bool:
    """A key that the browser did not say is only a second step."""
    keys = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.WEBAUTHN)
    return any(key.wrap().is_passwordless is not False for key in keys if key.pk != without_key)


def remove_second_step(person_id: int) -> list[str]:
    """Every key, app and recovery code; what they were, in words, [] for none. Callers have checked who asks."""
    kinds = sorted(Authenticator.objects.filter(user_id=person_id).values_list("type", flat=True))
    Authenticator.objects.filter(user_id=person_id).delete()
    counted = [(_KINDS[kind], kinds.count(kind)) for kind in dict.fromkeys(kinds)]
    return [name if count == 1 else f"{count} {name}s" for name, count in counted]


_KINDS = {
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey or security key",
}


def has_second_step(person_id: int, *, without_key: int) -> bool:
    """By an app or a key other than this one; recovery codes stand in for one of them, and go with the last."""
    others = Authenticator.objects.filter(user_id=person_id).exclude(pk=without_key)
    return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
