"""Cases as the pages show them."""

from typing import Any

from console.services.cases import OpenCase
from console.store.cases import CaseRecord
from console.web.present import words
from console.web.present.attempts import claim_rows
from console.web.present.calls import succeeded
from console.web.present.diagnosis import diagnosis_view
from console.web.present.exchanges import steps_view


def case_row(case: CaseRecord, now: int) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "owner": case.owner_email,
        "when": words.exact(case.created_at),
        "ago": words.relative(case.created_at, now),
        "comments": len(case.comments),
    }


def case_view(opened: OpenCase, now: int) -> dict[str, Any]:
    record = opened.record
    last = record.exchanges[-1] if record.exchanges else None
    return {
        **case_row(record, now),
        "note": record.note,
        "masked_count": record.masked_count,
        "diagnosis": diagnosis_view(opened.diagnosis, succeeded=last is not None and succeeded(last)),
        "ticket": opened.ticket,
        "steps": steps_view(record.exchanges),
        "claims": claim_rows(record.evidence.token_claims),
        "signature": record.evidence.signature or "",
        "thread": [
            {"author": comment.author_email, "text": comment.text, "when": words.exact(comment.created_at)}
            for comment in record.comments
        ],
    }
