"""Where the user of a profile accepted that its Api leads, sealed: who writes the database cannot accept for them."""

import uuid

from django.db.models import F

from console.core.actor import Actor
from console.core.destination import AcceptedDestination
from console.core.errors import Misconfigured
from console.models import Profile as ProfileRow
from console.store import json_text, rows, vault
from console.store.visibility import visible_to


def row_name(profile_id: object) -> str:
    """What the vault binds an acceptance to."""
    return f"profile|{profile_id}|accepted"


def sealed(profile_id: object, accepted: AcceptedDestination | None) -> str:
    """The column's value; "" when nothing is accepted."""
    if accepted is None:
        return ""
    return vault.seal(json_text.dump(accepted).encode(), row=row_name(uuid.UUID(str(profile_id))))


def opened(row: ProfileRow) -> AcceptedDestination | None:
    """None when nothing was accepted, and when the key ring does not open it: then its user is asked again."""
    if not row.accepted:
        return None
    try:
        text = vault.open_sealed(row.accepted, row=row_name(row.pk)).decode()
    except Misconfigured:
        return None
    return json_text.load(text, AcceptedDestination)


def accept(actor: Actor, profile_id: str, accepted: AcceptedDestination) -> None:
    """Keeps what its user accepted now; raises NotFound for a profile that is not the actor's to manage."""
    row = rows.visible(ProfileRow, actor, "manage", profile_id, what="profile")
    same = visible_to(ProfileRow, actor, "manage").filter(pk=row.pk, api_id=uuid.UUID(accepted.api_id))
    if not same.update(accepted=sealed(row.pk, accepted), version=F("version") + 1):
        raise rows.stale("profile")
