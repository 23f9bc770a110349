"""The two sides of a mismatch as lines that lie under each other, what differs marked."""

from typing import Any

from console.core.diagnosis.base import Sides
from console.core.diagnosis.contrast import Stretch, contrast, likeness
from console.web.present.who import ANYBODY, Reader


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


def _nearest(sides: Sides) -> tuple[str, str]:
    if not sides.actual:
        return "", sides.expected[0]
    pairs = [(mine, other) for mine in sides.actual for other in sides.expected]
    return max(pairs, key=lambda pair: likeness(*pair))


def _row(label: str, pieces: tuple[Stretch, ...]) -> dict[str, Any]:
    return {"label": label, "pieces": [{"kind": one.kind, "text": one.text} for one in pieces], "told": "", "known": ""}


def _plain(value: str) -> tuple[Stretch, ...]:
    return (Stretch("same", value),)
