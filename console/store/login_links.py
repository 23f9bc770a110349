"""Login links: each hands one sign-in to a person without an account. Kept as an HMAC, spent by a button."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from console.core.actor import Actor
from console.core.credential import Secret
from console.models import Connection, LoginLink
from console.store import rows, vault

_PURPOSE = b"login link"
TOLD_FOR_S = 30 * 86_400  # for how long an old one is listed


@dataclass(frozen=True, slots=True)
class LoginLinkRecord:
    """`maker_id` and `maker` (an address) asked; `meant_for` is whom they wrote it for, "" for nobody in particular.

    Times are epoch seconds, None when that has not happened; `outcome` is how its sign-in ended, "" before.
    """

    id: str
    connection_id: str
    maker_id: int
    maker: str
    meant_for: str
    made_at: int
    expires_at: int
    used_at: int | None = None
    revoked_at: int | None = None
    done_at: int | None = None
    outcome: str = ""

    def is_open(self, now: int) -> bool:
        """Whether its button would still begin a sign-in."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at

    def may_go_on(self, now: int) -> bool:
        """Whether the browser that pressed its button may still finish, or try once more."""
        return self.revoked_at is None and self.done_at is None and now < self.expires_at


def create(actor: Actor, connection_id: str, *, id: str, token: Secret, meant_for: str, now: int, until: int) -> None:
    """Raises NotFound when the connection is not the actor's to manage."""
    connection = _managed(actor, connection_id)
    LoginLink(
        id=uuid.UUID(id),
        token_hash=vault.mac(token.reveal(), purpose=_PURPOSE),
        connection=connection,
        made_by_id=rows.owner_id(actor),
        meant_for=meant_for,
        made_at=now,
        expires_at=until,
    ).save(force_insert=True)


def list_of(actor: Actor, connection_id: str, *, now: int) -> list[LoginLinkRecord]:
    """The newest first; raises NotFound when the connection is not the actor's to manage."""
    found = _managed(actor, connection_id).login_links.filter(made_at__gt=now - TOLD_FOR_S)
    return [_to_record(row) for row in found.select_related("made_by").order_by("-made_at", "-pk")[:20]]


def find(token: Secret) -> LoginLinkRecord | None:
    """By its token, in whatever state; None when there is no such link."""
    row = LoginLink.objects.filter(token_hash__in=vault.macs(token.reveal(), purpose=_PURPOSE))
    return _first(row)


def get(link_id: str) -> LoginLinkRecord | None:
    """By its id, for the sign-in that came by it; None when it is gone."""
    return _first(LoginLink.objects.filter(pk=uuid.UUID(link_id)))


def use(link: LoginLinkRecord, *, now: int) -> bool:
    """Spends it, once; False when it was spent, taken back or too old."""
    fresh = LoginLink.objects.filter(pk=uuid.UUID(link.id), used_at=None, revoked_at=None, expires_at__gt=now)
    return fresh.update(used_at=now) == 1


def give_back(link: LoginLinkRecord) -> None:
    """Undoes `use`, for a sign-in that could not be prepared."""
    LoginLink.objects.filter(pk=uuid.UUID(link.id), done_at=None).update(used_at=None)


def finish(link_id: str, *, outcome: str, now: int) -> None:
    """Remembers how its sign-in ended; only "connected" ends the link itself."""
    done = {"done_at": now} if outcome == "connected" else {}
    LoginLink.objects.filter(pk=uuid.UUID(link_id), done_at=None).update(outcome=outcome, **done)


def revoke(actor: Actor, connection_id: str, link_id: str, *, now: int) -> bool:
    """Takes it back; False when it is done already. Raises NotFound as `create` does, also for another's link."""
    links = _managed(actor, connection_id).login_links.all()
    rows.one(links, link_id, what="login link")
    return links.filter(pk=uuid.UUID(link_id), done_at=None, revoked_at=None).update(revoked_at=now) == 1


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` links that are listed no more; gives how many."""
    return rows.delete_some(LoginLink.objects.filter(expires_at__lt=now - TOLD_FOR_S), limit)


def _managed(actor: Actor, connection_id: str) -> Connection:
    return rows.visible(Connection, actor, "manage", connection_id, what="connection")


def _first(found: QuerySet[LoginLink]) -> LoginLinkRecord | None:
    row = found.select_related("made_by").first()
    return _to_record(row) if row is not None else None


def _to_record(row: LoginLink) -> LoginLinkRecord:
    return LoginLinkRecord(
        id=str(row.pk),
        connection_id=str(row.connection_id),
        maker_id=row.made_by_id,
        maker=row.made_by.email,
        meant_for=row.meant_for,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
        done_at=row.done_at,
        outcome=row.outcome,
    )
