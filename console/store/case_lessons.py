"""What solved cases teach: the cause that was named first, and what it really was."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from console.core.actor import Actor
from console.core.cases.state import CaseState
from console.models import Case
from console.store.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Lesson:
    """`count` solved cases in which `cause` was named first ("" for none) and `true_cause` it was ("" for one that the
    catalogue does not have). `examples` are ids and numbers of the newest, EXAMPLES at most.
    """

    cause: str
    true_cause: str
    count: int
    examples: tuple[tuple[str, int], ...] = ()

    @property
    def was_right(self) -> bool:
        return bool(self.cause) and self.cause == self.true_cause


EXAMPLES = 5


def lessons(actor: Actor, *, now: int) -> list[Lesson]:
    """Of the solved cases that the actor sees, most frequent first. Two queries."""
    solved = visible_to(Case, actor, "view").filter(state=CaseState.SOLVED.value, expires_at__gt=now)
    counted = solved.order_by().values_list("cause", "true_cause").annotate(many=Count("pk"))
    newest_first = [F("solved_at").desc(), F("number").desc()]
    rank = Window(RowNumber(), partition_by=[F("cause"), F("true_cause")], order_by=newest_first)
    ranked = solved.annotate(rank=rank).filter(rank__lte=EXAMPLES).order_by("-number")
    examples: dict[tuple[str | None, str], list[tuple[str, int]]] = {}
    for key, number, cause, true_cause in ranked.values_list("pk", "number", "cause", "true_cause"):
        examples.setdefault((cause, true_cause), []).append((str(key), number))
    found = [
        Lesson(cause or "", true_cause, many, tuple(examples.get((cause, true_cause), ())))
        for cause, true_cause, many in counted
    ]
    return sorted(found, key=lambda one: (-one.count, one.cause, one.true_cause))
