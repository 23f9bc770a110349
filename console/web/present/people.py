"""People."""

from typing import Any

from console.store.people import PersonRecord


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
