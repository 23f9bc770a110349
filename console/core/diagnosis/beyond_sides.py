"""What a reason says beyond the two sides of a mismatch, where those are shown beside it."""

import re

from console.core.diagnosis.base import Sides

_BORDER = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"]|[a-z_]{2,20} is )")


def beyond_sides(why: str, sides: Sides | None) -> str:
    """The reason without the sentence that only says both sides, which stand beside each other already."""
    if sides is None:
        return why
    return " ".join(one for one in _sentences(why) if not _recites(one, sides))


def _recites(sentence: str, sides: Sides) -> bool:
    says_own = not sides.actual or any(one in sentence for one in sides.actual)
    return says_own and any(one in sentence for one in sides.expected)


def _sentences(text: str) -> list[str]:
    """Cut where a new one surely begins, as with the name of a claim: a value may hold full stops."""
    return [one for one in _BORDER.split(text) if one]
