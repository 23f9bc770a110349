"""The failed exchanges of a paste: one as its diagnosis, several by cause, each of them to be opened."""

from itertools import groupby
from typing import Any

from console.core.diagnosis import cause_title
from console.core.diagnosis.base import RankedCause
from console.core.evidence import Evidence
from console.core.inspection import Inspected
from console.services.inspection import Inspection
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.hand_on import UNNAMED, hand_on_view
from console.web.present.reference import cause_url
from console.web.present.who import Reader

MOST_CARDS = 20  # causes that are shown with a whole diagnosis
_MOST_HELD = 2_000_000  # characters of evidence that one page holds for cases


def exchanges_view(found: Inspection, reader: Reader) -> dict[str, Any]:
    """`exchanges` is the only one, `by_cause` are several: largest cause first, what is not explained last."""
    numbered = list(enumerate(found.exchanges))
    if len(numbered) < 2:
        return {"exchanges": [_whole(item, number, reader) for number, item in numbered], "by_cause": ()}
    together = [list(some) for _, some in groupby(sorted(numbered, key=_slug_of), key=_slug_of)]
    together.sort(key=lambda some: (not _slug_of(some[0]), -_times(some)))
    held = _Held()
    return {
        "exchanges": (),
        "by_cause": [_group(some, place, reader, held) for place, some in enumerate(together)],
        "failed_title": _title(numbered, together),
    }


class _Held:
    """How much evidence the page holds already: each is opened, the last ones of very many make no case from here."""

    def __init__(self) -> None:
        self.left = _MOST_HELD

    def take(self, view: dict[str, Any]) -> dict[str, Any]:
        self.left -= len((view.get("case") or {}).get("evidence", ""))
        return view if self.left >= 0 else {**view, "case": None}


def _slug_of(numbered: tuple[int, Inspected]) -> str:
    diagnosis = numbered[1].diagnosis
    return diagnosis.primary.cause if diagnosis is not None and diagnosis.primary is not None else ""


def _times(some: list[tuple[int, Inspected]]) -> int:
    return sum(item.exchange.count for _, item in some if item.exchange)


def _title(numbered: list[tuple[int, Inspected]], together: list[list[tuple[int, Inspected]]]) -> str:
    """ "5 failed exchanges, 2 causes": the same exchange again counts."""
    causes = sum(1 for some in together if _slug_of(some[0]))
    told = {0: "none explained", 1: "one cause"}.get(causes, f"{causes} causes")
    return f"{_times(numbered):,} failed exchanges, {told}"


def _group(some: list[tuple[int, Inspected]], place: int, reader: Reader, held: _Held) -> dict[str, Any]:
    number, first = some[0]
    slug = _slug_of(some[0])
    primary = first.diagnosis.primary if first.diagnosis else None
    return {
        "count": f"{_times(some):,}",
        "slug": slug or "unexplained",
        "url": cause_url(slug),
        "what": _heading(primary, has_card=place < MOST_CARDS),
        "first": _whole(first, number, reader, held) if place < MOST_CARDS else None,
        "others": [_brief(item, at, held) for at, item in (some[1:] if place < MOST_CARDS else some)],
    }


def _heading(primary: RankedCause | None, *, has_card: bool) -> str:
    """The cause by its title above a card, which says the sentence itself; by its sentence where there is none."""
    if primary is None:
        return "Not explained"
    return (cause_title(primary.cause) if has_card else "") or primary.what


def _whole(item: Inspected, number: int, reader: Reader, held: _Held | None = None) -> dict[str, Any]:
    """One failed exchange: `title` is a sentence, `diagnosis` what card.html needs, None when unexplained."""
    telling = Telling(item.exchange.evidence if item.exchange else None, reader)
    key = f"-{number}" if number else ""
    return {
        "title": item.label,
        "problem": item.exchange.problem.value if item.exchange else "",
        "diagnosis": diagnosis_view(item.diagnosis, succeeded=False, telling=telling) if item.diagnosis else None,
        "key": key,
        "hand_on": _handed_on(item, key, held or _Held()),
    }


def _brief(item: Inspected, number: int, held: _Held) -> dict[str, Any]:
    """One more of a cause: its own reason and what to do, in few words."""
    primary = item.diagnosis.primary if item.diagnosis else None
    return {
        "title": item.label or UNNAMED,
        "why": primary.why if primary else "",
        "do": primary.do if primary else "",
        "missing": () if primary or item.diagnosis is None else item.diagnosis.missing,
        "hand_on": _handed_on(item, f"-{number}", held),
    }


def _handed_on(item: Inspected, key: str, held: _Held) -> dict[str, Any] | None:
    evidence: Evidence | None = item.exchange.evidence if item.exchange else None
    if evidence is None or item.diagnosis is None:
        return None
    return held.take(hand_on_view(evidence, item.diagnosis, key=key, title=item.label))
