"""What is found on a page, handed on: the fields of a form that makes a case of it, and the text for a ticket."""

from typing import Any

from console.core.cases.title import title_of
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence, evidence_text
from console.core.json.text import shorten
from console.web.forms.calls import MAX_EVIDENCE


def case_fields(evidence: Evidence, *, title: str, note: str = "") -> dict[str, str] | None:
    """The fields of POST /cases/new/; None for evidence that is more than the form takes."""
    text = evidence_text(evidence)
    return {"evidence": text, "title": shorten(title, 200), "note": note} if len(text) <= MAX_EVIDENCE else None


UNNAMED = "A failed exchange"


def hand_on_view(evidence: Evidence, diagnosis: Diagnosis, *, key: str, title: str) -> dict[str, Any]:
    """What inspect/hand_on.html needs; `key` makes its id the only one of the page."""
    primary = diagnosis.primary
    told = title_of(evidence, primary.cause) if primary else ""  # its sentence stands in the case below it
    return {
        "id": f"ticket-text{key}",
        "case": case_fields(evidence, title=told or title or UNNAMED, note=title if told else ""),
        "slug": primary.cause if primary else "unexplained",
        "ticket": ticket_text(evidence, diagnosis),
    }
