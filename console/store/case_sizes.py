"""How large cases are, before they are read."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Length

from console.core.actor import Actor
from console.models import Case, CaseAddition, CaseComment
from console.store.visibility import visible_to

_PARTS = ("evidence", "exchanges", "token_evidence", "token_exchanges", "note")


def size_of(actor: Actor, case_ids: Iterable[str]) -> int:
    """Bytes that those which the actor may use keep, with what was added to them and said in them."""
    mine = visible_to(Case, actor, "use").filter(pk__in=[uuid.UUID(one) for one in case_ids])
    parts = sum((Length(F(name)) for name in _PARTS[1:]), Length(F(_PARTS[0])))
    size = mine.aggregate(all=Coalesce(Sum(parts), 0))["all"]
    seen = mine.order_by().values("pk")
    size += CaseAddition.objects.filter(case__in=seen).aggregate(all=Coalesce(Sum(Length("evidence")), 0))["all"]
    size += CaseComment.objects.filter(case__in=seen).aggregate(all=Coalesce(Sum(Length("text")), 0))["all"]
    return int(size)
