"""Bodies of answers that are kept beside their attempt. Whoever may view the attempt may view its body."""

import uuid

from console.core.actor import Actor
from console.models import AnswerBody, Attempt
from console.store import statements
from console.store.visibility import visible_to

_ADD = statements.insertion(AnswerBody, "attempt_id", "content")


def add(attempt_id: str, content: bytes) -> None:
    """Keeps the body of an attempt that was just made."""
    statements.changed(_ADD, statements.of_uuid(uuid.UUID(attempt_id)), content)


def of_attempt(actor: Actor, attempt_id: str) -> bytes | None:
    """None when nothing is kept beside the attempt, or the actor may not view it."""
    seen = visible_to(Attempt, actor, "view").filter(pk=uuid.UUID(attempt_id))
    found = AnswerBody.objects.filter(attempt__in=seen).values_list("content", flat=True).first()
    return None if found is None else bytes(found)
