"""The two sides of a mismatch as lines that lie under each other, what differs marked."""

import re
from typing import Any

from console.core.diagnosis.base import Sides
from console.core.diagnosis.contrast import Stretch, contrast, likeness
from console.web.present.who import ANYBODY, Reader

_BORDER = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"]|[a-z_]{2,20} is )")


def sides_view(sides: Sides | None, reader: Reader = ANYBODY) -> list[dict[str, Any]]:
    """Rows of sides.html: `label`, `pieces` (kind and text), `told` (the difference in words, "" for none), `known`
    (the API that the console knows by this value, "" for none).

    Of several accepted values the one most like the token's lies under it, the others follow.
    """
    if sides is None:
        return []
    label = f"{reader.api or 'The API'} accepts" if sides.expected_label == "accepted" else sides.expected_label
    mine, nearest = _nearest(sides)
    found = contrast(mine, nearest)
    others = [one for one in sides.expected if one != nearest]
    rows = [{**_row(sides.actual_label, found.actual), "known": reader.named.get(mine, "")}]
    rows += [{**_row("and", _plain(one)), "known": reader.named.get(one, "")} for one in sides.actual if one != mine]
    rows += [{**_row(label, found.expected), "told": found.told}]
    return [*rows, *(_row("or", _plain(one)) for one in others)]


def beyond_sides(why: str, sides: Sides | None) -> str:
    """The reason without the sentence that only says both sides, which stand beside each other already."""
    if sides is None:
        return why
    return " ".join(one for one in _sentences(why) if not _recites(one, sides))


def _nearest(sides: Sides) -> tuple[str, str]:
    if not sides.actual:
        return "", sides.expected[0]
    pairs = [(mine, other) for mine in sides.actual for other in sides.expected]
    return max(pairs, key=lambda pair: likeness(*pair))


def _recites(sentence: str, sides: Sides) -> bool:
    says_own = not sides.actual or any(one in sentence for one in sides.actual)
    return says_own and any(one in sentence for one in sides.expected)


def _sentences(text: str) -> list[str]:
    """Cut where a new one surely begins, as with the name of a claim: a value may hold full stops."""
    return [one for one in _BORDER.split(text) if one]


def _row(label: str, pieces: tuple[Stretch, ...]) -> dict[str, Any]:
    return {"label": label, "pieces": [{"kind": one.kind, "text": one.text} for one in pieces], "told": "", "known": ""}


def _plain(value: str) -> tuple[Stretch, ...]:
    return (Stretch("same", value),)
