"""People."""

from collections.abc import Sequence
from typing import Any

from console.store.people import PersonRecord


def person_rows(people: Sequence[PersonRecord], refused: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """One line for each; `refused` is what stands in one of them instead, as `refused_row` gives it."""
    rows = [
        {
            "id": person.id,
            "email": person.email,
            "roles": sorted(role.value for role in person.roles),
            "is_active": person.is_active,
            "has_signed_in": person.has_signed_in,
            "chosen": person.roles,
            "stays_open": person.is_active,
        }
        for person in people
    ]
    return [{**row, **refused} if refused and row["id"] == refused["id"] else row for row in rows]


def refused_row(person_id: int, chosen: list[str], errors: list[str], *, stays_open: bool) -> dict[str, Any]:
    """What was chosen for somebody and not saved, and why not."""
    return {
        "id": person_id,
        "chosen": chosen,
        "stays_open": stays_open,
        "refused": errors,
    }
