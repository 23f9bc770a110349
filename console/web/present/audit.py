"""The audit trail as rows of a page."""

from typing import Any

from django.urls import reverse

from console.services.audit_trail import TrailPage
from console.store.audit import AuditRecord
from console.store.audit_objects import NamedObject
from console.web.forms.audit import AuditFilterForm
from console.web.present import words

PAGES = {
    **{"profile": "profile", "connection": "connection", "api": "api", "API": "api", "case": "case"},
    **{"attempt": "call", "group": "group"},
}
FORM_KINDS = {"api": "API", "account": "person", "row of the table": "row of an API’s table"}
PEOPLE = ("person", "account")
TROUBLE = {"failed": "fail", "refused": "warning"}
SHORT_ID = 8  # letters of an id that tell one from another


def audit_rows(page: TrailPage, form: AuditFilterForm, *, now: int) -> list[dict[str, Any]]:
    return [_row(entry, page.names, form, now) for entry in page.entries]


def _row(
    entry: AuditRecord, names: dict[tuple[str, str], NamedObject], form: AuditFilterForm, now: int
) -> dict[str, Any]:
    named = names.get((entry.object_kind, entry.object_id))
    return {
        "number": entry.number,
        "when": words.exact(entry.happened_at),
        "ago": words.relative(entry.happened_at, now),
        "who": entry.who,
        "who_query": form.query(who=entry.who),
        "action": entry.action,
        "kind": "person" if entry.object_kind in PEOPLE else FORM_KINDS.get(entry.object_kind, entry.object_kind),
        "object": named.name if named else _short(entry),
        "object_url": _page_of(entry) if named and named.can_open else "",
        "object_query": _only_object(entry, form) if entry.object_id else "",
        "result": entry.result,
        "tone": TROUBLE.get(entry.result, ""),
        "address": entry.address,
        "detail": entry.detail,
    }


def _short(entry: AuditRecord) -> str:
    """A person by address; of anything else that is gone, or has no name, the beginning of its id."""
    if entry.object_kind in PEOPLE:
        return entry.object_id.partition(" ")[2] or entry.object_id
    return f"{entry.object_id[:SHORT_ID]}…" if len(entry.object_id) > SHORT_ID else entry.object_id


def _page_of(entry: AuditRecord) -> str:
    return reverse(PAGES[entry.object_kind], args=[entry.object_id])


def _only_object(entry: AuditRecord, form: AuditFilterForm) -> str:
    """The entries about this object, whoever made them and whatever they say."""
    object_id = entry.object_id.partition(" ")[0] if entry.object_kind in PEOPLE else entry.object_id
    kind = FORM_KINDS.get(entry.object_kind, entry.object_kind)
    return form.query(kind=kind, object=object_id, who="", action="", result="", since="", until="")
