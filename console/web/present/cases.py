"""Cases as the pages show them."""

from typing import Any

from console.core.attempts.handed_over import HandedOver
from console.core.diagnosis.strip import strip_of
from console.services.cases import OpenCase
from console.store.cases import CaseRecord
from console.web.present import words
from console.web.present.attempts import claim_rows
from console.web.present.calls import succeeded
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import steps_view
from console.web.present.strip import StripNames, strip_view
from console.web.present.who import Reader


def case_row(case: CaseRecord, now: int) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "owner": case.owner_email,
        "when": words.exact(case.created_at),
        "ago": words.relative(case.created_at, now),
        "comments": len(case.comments),
        "expires": words.exact(case.expires_at),
    }


def case_view(opened: OpenCase, now: int) -> dict[str, Any]:
    record = opened.record
    last = record.exchanges[-1] if record.exchanges else None
    return {
        **case_row(record, now),
        "note": record.note,
        "masked_count": record.masked_count,
        "left_out": record.left_out,
        "is_own": opened.is_own,
        "can_comment": opened.can_comment,
        "can_delete": opened.can_delete,
        "openings": [
            {"reader": one.reader_email, "times": one.times, "when": words.exact(one.opened_at)}
            for one in record.openings
        ],
        "diagnosis": diagnosis_view(
            opened.diagnosis, succeeded=last is not None and succeeded(last), telling=_telling(opened)
        ),
        "ticket": opened.ticket,
        "pasted": record.evidence.pasted or "",
        "steps": steps_view(record.exchanges),
        "claims": claim_rows(record.evidence.token_claims),
        "signature": record.evidence.signature or "",
        "thread": [
            {"author": comment.author_email, "text": comment.text, "when": words.exact(comment.created_at)}
            for comment in record.comments
        ],
    }


def _telling(opened: OpenCase) -> Telling:
    """To who made the case, or to who helps them."""
    record, is_own = opened.record, opened.is_own
    if record.is_handed_in:  # whoever found it in a log need not be whose client it is
        return Telling(record.evidence, strip=strip_view(strip_of(record.evidence, opened.diagnosis), StripNames()))
    names = StripNames("You" if is_own else record.owner_email.partition("@")[0])
    reader = Reader(is_integrator=is_own, integrator="" if is_own else record.owner_email)
    return Telling(record.evidence, reader, strip=strip_view(strip_of(record.evidence, opened.diagnosis), names))


def preview_view(handed: HandedOver) -> dict[str, Any]:
    """What a case would show to others."""
    return {
        "masked_count": handed.hidden_values,
        "left_out": handed.left_out,
        "steps": steps_view(handed.exchanges),
        "claims": claim_rows(handed.evidence.token_claims),
    }
