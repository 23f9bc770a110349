"""What was found of an issuer's metadata, for people: which addresses were tried, and what is to be said of it."""

from typing import Any

from console.services.metadata_lookup import FoundMetadata
from console.web.present.findings import finding_rows


def metadata_view(found: FoundMetadata) -> dict[str, Any]:
    """The reason stands in front where it was the same at every address; else it stands beside each."""
    is_used, problems = found.settings is not None, {one.problem for one in found.tried}
    same = problems.pop() if len(problems) == 1 else ""
    return {
        "title": "The addresses are filled in below" if is_used else "Nothing was filled in",
        "tone": "pass" if is_used else "fail",
        "problem": f"{found.problem} {same}".strip(),
        "is_open": not is_used and not same,
        "tried": [{"url": one.url, "told": "" if same else one.problem or "used"} for one in found.tried],
        "rows": finding_rows(found.findings, sides=("document", "asked for")),
    }
