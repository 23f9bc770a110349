"""People and the audit trail."""

from typing import Any

from console.store.audit import AuditRecord
from console.store.people import PersonRecord
from console.web.present import words


def person_rows(people: list[PersonRecord]) -> list[dict[str, Any]]:
    return [
        {
            "id": person.id,
            "email": person.email,
            "roles": sorted(role.value for role in person.roles),
            "is_active": person.is_active,
            "has_signed_in": person.has_signed_in,
        }
        for person in people
    ]


def audit_rows(entries: list[AuditRecord]) -> list[dict[str, Any]]:
    return [
        {
            "when": words.exact(entry.happened_at).removesuffix(" UTC"),  # the foot of the page says it for all
            "who": entry.who,
            "action": entry.action,
            "object": f"{entry.object_kind} {entry.object_id}".strip(),
            "result": entry.result,
            "address": entry.address,
            "detail": entry.detail,
        }
        for entry in entries
    ]
