"""When stored secrets and keys end, as somebody types it."""

from console.core.actor import Actor
from console.core.credential import CredentialKind
from console.models import Profile, StoredCredential, SubscriptionKey
from console.store import rows


def date_credential(actor: Actor, profile_id: str, ends_at: int | None, *, version: int, now: int) -> None:
    """Keeps when a stored secret or key ends; None forgets it. Raises NotFound when the profile is not the actor's to
    manage, Stale when another credential stands there than that of `version`.
    """
    row = rows.visible(Profile, actor, "manage", profile_id, what="profile")
    typed = (CredentialKind.SECRET.value, CredentialKind.KEY.value)
    same = StoredCredential.objects.filter(profile=row, version=version, kind__in=typed)
    if not same.update(ends_at=ends_at, dated_at=_known(ends_at, now)):
        raise rows.stale("credential")


def date_subscription_key(actor: Actor, profile_id: str, ends_at: int | None, *, set_at: int, now: int) -> None:
    """As `date_credential`, of the key that was stored at `set_at`."""
    row = rows.visible(Profile, actor, "manage", profile_id, what="profile")
    same = SubscriptionKey.objects.filter(profile=row, set_at=set_at)
    if not same.update(ends_at=ends_at, dated_at=_known(ends_at, now)):
        raise rows.stale("subscription key")


def _known(ends_at: int | None, now: int) -> int | None:
    return now if ends_at is not None else None
