"""A diagnosis written down: as JSON whose members are a public interface, and as plain text for a terminal."""

from typing import Any

from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.json.text import visible


def to_json(file: str, diagnosis: Diagnosis) -> dict[str, Any]:
    """The members of the contract, exactly. `primary` and `owner` are null without a cause.

    What was too large to be read is told among what is missing: it may decide.
    """
    primary = diagnosis.primary
    return {
        "file": file,
        "primary": primary.cause if primary else None,
        "owner": primary.owner.value if primary else None,
        "causes": [_cause(cause) for cause in diagnosis.causes],
        "missing": [visible(one) for one in (*diagnosis.missing, *filter(None, [diagnosis.unread]))],
    }


def _cause(cause: RankedCause) -> dict[str, Any]:
    return {
        "cause": cause.cause,
        "confidence": cause.confidence.value,
        "owner": cause.owner.value,
        "what": visible(cause.what),
        "why": visible(cause.why),
        "do": visible(cause.do),
        "who": cause.owner.value,
        "facts": [visible(fact) for fact in cause.facts],
    }


def to_lines(file: str, ticket: str) -> list[str]:
    """The text for a ticket under the name of its file."""
    return [f"File: {visible(file)}", *map(visible, ticket.splitlines()), ""]
