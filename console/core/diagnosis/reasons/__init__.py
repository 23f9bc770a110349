"""Reasoning across facts: what no single fact tells, and several together do. Each rule says why it holds."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons import characters, comparisons, environments, platforms, tenants, times
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.terms import Confidence

__all__ = ["REASONS", "Reason", "by_reason"]

REASONS: tuple[Reason, ...] = (
    *environments.REASONS,
    *tenants.REASONS,
    *times.REASONS,
    *comparisons.REASONS,
    *platforms.REASONS,
    *characters.REASONS,
)
_BY_CAUSE = {slug: tuple(one for one in REASONS if one.cause == slug) for slug in {one.cause for one in REASONS}}
_ORDER = tuple(Confidence)


def by_reason(cause: Cause, reading: Reading) -> Match | None:
    """The surest match that facts together give for a cause; None when none does, or when nothing failed."""
    reasons = _BY_CAUSE.get(cause.slug)
    if reasons is None or reading.answer.is_success:
        return None
    found = [match for one in reasons if (match := one.match(reading))]
    return min(found, key=lambda match: _ORDER.index(match.confidence), default=None)
