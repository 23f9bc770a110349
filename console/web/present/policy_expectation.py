"""What the policy demands beside what the Api's expectation says now."""

from typing import Any

from console.core.api import Expectation
from console.services.policy_exchange import ReadExpectation, merged

FIELDS = (
    ("audiences", "Audiences (aud)"),
    ("issuers", "Issuers (iss)"),
    ("authorized_parties", "Clients (azp or appid)"),
    ("roles", "Roles"),
    ("scopes", "Scopes (scp)"),
    ("tenant", "Tenant (tid)"),
    ("token_version", "Token version"),
    ("algorithms", "Algorithms"),
    ("leeway_s", "Clock leeway"),
)
SILENT = "not demanded"


def reading_view(read: ReadExpectation) -> dict[str, Any]:
    """Rows with both sides; `changes` counts those that differ."""
    if read.reading is None:
        return {"problem": read.problem, "rows": [], "notes": [], "changes": 0}
    before, after = read.api.expectation, merged(read.api.expectation, read.reading)
    rows = [_row(name, label, before, after) for name, label in FIELDS]
    changes = sum(row["is_changed"] for row in rows)
    return {"problem": "", "rows": rows, "notes": list(read.reading.notes), "changes": changes}


def _row(name: str, label: str, before: Expectation, after: Expectation) -> dict[str, Any]:
    old, new = _text(getattr(before, name)), _text(getattr(after, name))
    return {"label": label, "old": old, "new": new, "is_changed": old != new}


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or SILENT
    return f"{value} s" if isinstance(value, int) else value or SILENT
