"""When an attempt was made, and claims whose times are told relative to it."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from console.core.diagnosis.intake import relative_seconds
from console.core.evidence import Evidence
from console.core.exchange import header

ANCHOR = 1_767_225_600  # stands for "now" when evidence gives times only relative to the attempt


def moment_of(evidence: Evidence) -> int | None:
    """The moment of the attempt: as told, else when it was read, else the anchor of relative times."""
    told = told_moment(evidence)
    if told is not None or evidence.read_at is not None:
        return evidence.read_at if told is None else told
    has_marks = any(relative_seconds(value) is not None for value in _marked(evidence))
    return ANCHOR if has_marks else None


def told_moment(evidence: Evidence) -> int | None:
    """The moment as it is stated, else of the answer's Date header; None where nothing tells it."""
    if evidence.now is not None:
        return evidence.now
    date = header(evidence.response.headers if evidence.response else (), "date")
    try:
        return None if date is None else int(parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError, OverflowError):
        return None


def _marked(evidence: Evidence) -> list[Any]:
    request = evidence.token_request
    assertion = request.assertion if request else None
    return [*(evidence.token_claims or {}).values(), *(assertion.claims.values() if assertion else ())]


def resolved(claims: Mapping[str, Any], now: int | None) -> dict[str, Any]:
    """Claims with times like "now-60" made absolute."""
    moment = ANCHOR if now is None else now
    return {
        name: value if (offset := relative_seconds(value)) is None else moment + offset
        for name, value in claims.items()
    }
