"""What policy and document say beside what the Api says now, each with where it was read."""

from collections.abc import Collection
from typing import Any

from console.core.destination import LABELS
from console.core.redaction.shapes import SecretLeftOut
from console.services.api_filling import ApiFilling
from console.services.field_proposals import FieldProposal

FIELDS = {
    "name": "Name",
    **LABELS,
    "audiences": "Audiences (aud)",
    "issuers": "Issuers (iss)",
    "authorized_parties": "Clients (azp or appid)",
    "roles": "Roles",
    "scopes": "Scopes (scp)",
    "tenant": "Tenant (tid)",
    "token_version": "Token version",
    "algorithms": "Algorithms",
    "leeway_s": "Clock leeway",
}
SILENT = "not said"


def filling_view(filling: ApiFilling, chosen: Collection[str] | None) -> dict[str, Any]:
    """What policies/expectation.html needs. `chosen` are the rows that were ticked, None for those that are advised."""
    return {
        "problem": filling.problem,
        "has_source": filling.has_source,
        "rows": [_row(one, chosen) for one in filling.proposals],
        "notes": list(filling.notes),
        "seen": filling.seen,
        "left_out": [left_words(one) for one in filling.left_out],
    }


def left_words(one: SecretLeftOut) -> str:
    """A value that was read and is not taken over, and why: nothing of it."""
    return f"{FIELDS[one.name]}: a value that was read is left out. {one.why}"


def _row(one: FieldProposal, chosen: Collection[str] | None) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": FIELDS[one.name],
        "old": _text(one.old),
        "new": _text(one.new),
        "source": one.source,
        "more": one.more,
        "is_destination": one.is_destination,
        "is_ticked": one.is_advised if chosen is None else one.name in chosen,
    }


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or SILENT
    return f"{value} s" if isinstance(value, int) else value or SILENT
