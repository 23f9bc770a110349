"""The conversation of an imported case: what was said at another console, by people who are nobody here."""

import uuid
from collections.abc import Iterable

from console.core.cases.file_format import FileEntry
from console.models import Case, CaseComment
from console.store import json_text, rows


def keep_talk(case_id: str, entries: Iterable[tuple[str, FileEntry]]) -> None:
    """Keeps the entries, each with its id, of a case that was just made; in the order in which they come."""
    key = uuid.UUID(case_id)
    made = [
        CaseComment(
            id=uuid.UUID(one_id),
            case_id=key,
            kind=one.kind,
            text=json_text.dump(one.text),
            by=json_text.dump(one.by),
            created_at=one.at,
            position=place,
        )
        for place, (one_id, one) in enumerate(entries, start=1)
    ]
    CaseComment.objects.bulk_create(made, batch_size=rows.BATCH)
    Case.objects.filter(pk=key).update(said=len(made))
