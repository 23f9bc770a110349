"""Which auth variants are tried at an Api, and what is expected of them: seen by whoever sees the Api."""

import uuid

from console.core.actor import Actor
from console.core.matrix.base import MatrixChoice
from console.models import Api, ApiMatrix
from console.store import json_text, rows
from console.store.visibility import visible_to


def choice_of(actor: Actor, api_id: str) -> MatrixChoice | None:
    """None when none was kept, or the Api is not the actor's to see."""
    row = visible_to(ApiMatrix, actor, "view").filter(api_id=uuid.UUID(api_id)).first()
    return json_text.load(row.choice, MatrixChoice) if row is not None else None


def keep(actor: Actor, api_id: str, choice: MatrixChoice, *, now: int) -> None:
    """Keeps a choice instead of the one before; raises NotFound for an Api the actor may not manage."""
    api = rows.held(Api, actor, "manage", api_id, what="API")
    columns = {"choice": json_text.dump(choice), "kept_at": now}
    ApiMatrix.objects.update_or_create(api_id=api.pk, defaults=columns)
