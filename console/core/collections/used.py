"""The values that stand for the names in a step's request and in what is expected of it, as people may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from console.core.collections.expecting import AnswerExpectation, named_in
from console.core.collections.filling import named_in_request
from console.core.collections.taken import TakenValue, TakenValues
from console.core.compose.draft import RequestDraft

MOST_TOLD = 50  # names of one step


@dataclass(frozen=True, slots=True)
class UsedValue:
    """`value` is None where nobody gave one. `step` is the number of the step whose answer gave it, 0 where none did,
    or where that was not noted; `is_typed`: a person gave it, as a variable.
    """

    name: str
    value: str | None
    step: int = 0
    is_typed: bool = False

    @property
    def origin(self) -> str:
        """Where it comes from, in words that may stand behind it."""
        if self.value is None:
            return "never filled: nobody gave it a value"
        if self.is_typed:
            return "typed under Variables"
        return f"from the answer to step {self.step}" if self.step else "from an earlier answer"


def used_in(
    draft: RequestDraft, expectations: Iterable[AnswerExpectation], values: TakenValues
) -> tuple[UsedValue, ...]:
    """Each name once, up to a number that can be read: those of the request in order, then what only the expectations
    name.
    """
    named = (*named_in_request(draft), *(name for one in expectations for name in named_in(one)))
    return tuple(_used(name, values.get(name)) for name in islice(dict.fromkeys(named), MOST_TOLD))


def _used(name: str, value: TakenValue | None) -> UsedValue:
    if value is None:
        return UsedValue(name, None)
    return UsedValue(name, value.shown, value.step, value.is_typed)
