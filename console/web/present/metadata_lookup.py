"""What was found of an issuer's metadata, for people: which addresses were tried, and what is to be said of it."""

from typing import Any

from console.services.metadata_lookup import FoundMetadata
from console.web.present.findings import finding_rows


def metadata_view(found: FoundMetadata) -> dict[str, Any]:
    is_used = found.settings is not None
    return {
        "title": "The addresses are filled in below" if is_used else "Nothing was filled in",
        "tone": "pass" if is_used else "fail",
        "problem": found.problem,
        "tried": [
            {"url": one.url, "told": one.problem or "used", "tone": "pass" if not one.problem else "unknown"}
            for one in found.tried
        ],
        "rows": finding_rows(found.findings, sides=("document", "asked for")),
    }
